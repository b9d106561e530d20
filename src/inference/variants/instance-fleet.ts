import { Token, Validations } from 'aws-cdk-lib';
import { CfnEndpointConfig } from 'aws-cdk-lib/aws-sagemaker';
import { Construct } from 'constructs';
import { checkInstancePools, renderInstancePools } from './instance-pool';
import { InstanceSettings } from './instance-settings';
import { RoutingStrategy } from './routing';
import { Problems } from '../../core/problems';
import { checkSeconds, gibibytes } from '../../core/units';
import { Permission } from '../../identity/permission-statement';
import { MlInstanceType } from '../../instances/ml-instance-type';
import { checkUri } from '../../storage/artifact-prefix';
import { Override } from '../overrides';

/** Every default stands here, and only here. */
const DEFAULTS = { instanceType: MlInstanceType.M5_LARGE, instanceCount: 1, routing: RoutingStrategy.LEAST_OUTSTANDING_REQUESTS };

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-properties-sagemaker-endpointconfig-productionvariant.html */
const MAX_INSTANCES = 10_000;
const MAX_VOLUME = 512;
const START_SECONDS = { min: 60, max: 3600 };
const PROVISION_SECONDS = { min: 300, max: 3600 };

/** https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ProductionVariantCoreDumpConfig.html */
const MAX_DUMP_URI = 512;

/** Instances with their defaults, in all the shapes that the rest of the house needs. */
export class InstanceFleet {
  /** `minimum` is that of the scaling, if there is any. */
  constructor(private readonly settings: InstanceSettings, private readonly minimum?: number) {}

  public get instanceTypes(): MlInstanceType[] {
    return this.settings.instancePools ?? [this.settings.instanceType ?? DEFAULTS.instanceType];
  }

  public get instanceCount(): number {
    const { minimum } = this;
    const least = minimum === undefined || Token.isUnresolved(minimum) ? minimum : Math.max(DEFAULTS.instanceCount, minimum);
    return this.settings.instanceCount ?? least ?? DEFAULTS.instanceCount;
  }

  /** Whether a person wrote how many there are. */
  public get isCounted(): boolean {
    return this.settings.instanceCount !== undefined;
  }

  /** `name` is the path to the settings, empty or ending with a dot. */
  public check(name: string, problems: Problems): void {
    const s = this.settings;
    problems.check(s.instanceType === undefined || s.instancePools === undefined, `${name}instanceType and ${name}instancePools exclude each other`);
    s.instanceType?._check(`${name}instanceType`, problems);
    checkInstancePools(`${name}instancePools`, s.instancePools, problems);
    problems.integer(`${name}instanceCount`, s.instanceCount, 1, MAX_INSTANCES);
    problems.integer(`${name}volumeSize (GiB)`, gibibytes(s.volumeSize), 1, MAX_VOLUME);
    checkSeconds(`${name}containerStartupTimeout`, s.containerStartupTimeout, START_SECONDS, problems);
    checkSeconds(`${name}modelDownloadTimeout`, s.modelDownloadTimeout, START_SECONDS, problems);
    checkSeconds(`${name}instanceProvisionTimeout`, s.instanceProvisionTimeout, PROVISION_SECONDS, problems);
    s.inferenceAmiVersion?._check(`${name}inferenceAmiVersion`, problems);
    s.routing?._check(`${name}routing`, problems);
    s.coreDumps?._check(`${name}coreDumps`, problems);
    checkUri(`${name}coreDumps`, s.coreDumps?.uri, MAX_DUMP_URI, problems);
    s.capacityReservation?._check(`${name}capacityReservation`, problems);
  }

  /** Says what is legal, but risky. */
  public warn(scope: Construct): void {
    const local = this.instanceTypes.filter(t => t._hasLocalDisks).map(t => t.instanceTypeName);
    if (local.length > 0) {
      const unused = this.settings.volumeSize === undefined ? '' : ' They get no volume, so volumeSize has no effect or is refused.';
      Validations.of(scope).addWarning('cdk-ml-patterns:localDisks',
        `Instances of ${local.join(', ')} have disks of their own, which the key of the endpoint does not encrypt, and an older page of AWS says that SageMaker refuses a key for them.${unused}`);
    }
    if (this.settings.ssmAccess) {
      Validations.of(scope).addWarning('cdk-ml-patterns:ssmAccess', 'Whoever may start sessions of Systems Manager can enter the containers and see requests and model.');
    }
  }

  public render(): Omit<CfnEndpointConfig.ProductionVariantProperty, 'variantName'> {
    const s = this.settings;
    return {
      instanceType: s.instancePools === undefined ? (s.instanceType ?? DEFAULTS.instanceType).instanceTypeName : undefined,
      instancePools: renderInstancePools(s.instancePools),
      initialInstanceCount: this.instanceCount,
      routingConfig: (s.routing ?? DEFAULTS.routing)._render(),
      volumeSizeInGb: gibibytes(s.volumeSize),
      containerStartupHealthCheckTimeoutInSeconds: s.containerStartupTimeout?.toSeconds(),
      modelDataDownloadTimeoutInSeconds: s.modelDownloadTimeout?.toSeconds(),
      variantInstanceProvisionTimeoutInSeconds: s.instanceProvisionTimeout?.toSeconds(),
      inferenceAmiVersion: s.inferenceAmiVersion?.version,
      enableSsmAccess: s.ssmAccess,
      capacityReservationConfig: s.capacityReservation?._render(),
    };
  }

  /** Properties of the variant that CDK does not know yet. */
  public overrides(): Override[] {
    const { coreDumps, routing } = this.settings;
    const dumps = coreDumps && { DestinationS3Uri: coreDumps.uri, KmsKeyId: coreDumps.encryptionKey?.keyArn };
    return [...dumps === undefined ? [] : [{ path: 'CoreDumpConfig', value: dumps }], ...routing?._overrides() ?? []];
  }

  public permissions(): Permission[] {
    return [...this.settings.coreDumps?._write() ?? [], ...this.settings.ssmAccess ? [SSM_CHANNELS] : []];
  }
}

/** https://docs.aws.amazon.com/sagemaker/latest/dg/ssm-access.html */
const SSM_CHANNELS: Permission = {
  actions: ['ssmmessages:CreateControlChannel', 'ssmmessages:CreateDataChannel', 'ssmmessages:OpenControlChannel', 'ssmmessages:OpenDataChannel'],
  resources: ['*'],
  reason: 'The channels of Systems Manager know no resources.',
};
