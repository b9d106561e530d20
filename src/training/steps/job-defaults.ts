import { IKey, IKeyRef } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { encryptionKey } from '../../identity/stack-key';

/**
 * How jobs are protected.
 */
export interface SecureJobOptions {
  /**
   * Key that encrypts the volumes and the output of jobs.
   *
   * @default - the key of the artifact bucket, or the one that the constructs of this library share in the stack
   */
  readonly encryptionKey?: IKeyRef;

  /**
   * Whether containers of jobs are cut off from the network. SageMaker itself still brings data in and out.
   *
   * @default true
   */
  readonly networkIsolation?: boolean;

  /**
   * Whether the traffic between the instances of one job is encrypted.
   *
   * @default true
   */
  readonly interContainerTrafficEncryption?: boolean;
}

/**
 * What every job of a pipeline gets beyond what its step says.
 */
export class JobDefaults {
  /**
   * Network isolation, encrypted traffic between instances, and a customer-managed key for volumes and output.
   *
   * @param options what is to be different
   */
  public static secure(options: SecureJobOptions = {}): JobDefaults {
    return new JobDefaults(options);
  }

  /** Nothing: the definition holds what the steps say, as the SageMaker Python SDK writes it. */
  public static none(): JobDefaults {
    return new JobDefaults();
  }

  private constructor(private readonly options?: SecureJobOptions) {}

  /** @internal */
  public _bind(scope: Construct, bucketKey: IKey | undefined): JobProtection {
    if (this.options === undefined) { return {}; }
    return {
      key: encryptionKey(scope, this.options.encryptionKey ?? bucketKey, true),
      networkIsolation: this.options.networkIsolation ?? true,
      encryptTraffic: this.options.interContainerTrafficEncryption ?? true,
    };
  }
}

/**
 * What is written into jobs; undefined is left out.
 *
 * @internal
 */
export interface JobProtection {
  readonly key?: IKey;
  readonly networkIsolation?: boolean;
  readonly encryptTraffic?: boolean;
}
