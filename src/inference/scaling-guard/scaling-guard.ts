import { CfnResource } from 'aws-cdk-lib';
import { CfnScalableTarget } from 'aws-cdk-lib/aws-applicationautoscaling';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { CfnEndpoint } from 'aws-cdk-lib/aws-sagemaker';
import { Construct } from 'constructs';
import { guardFunction } from './guard-function';
import { sorted } from '../../core/sorted';
import { waitForResource } from '../../core/stacks';

/** A variant whose number of instances is scaled. */
export interface GuardedVariant {
  readonly variantName: string;
  /** All of them, in the order of the configuration. */
  readonly instanceTypes: string[];
  /** What depends on it, its policies and their alarms, need not be known. */
  readonly target: CfnScalableTarget;
}

/** The endpoint that is guarded. */
export interface GuardContext {
  readonly scope: Construct;
  readonly endpoint: CfnEndpoint;
  /** As a plain string: what stands before the endpoint cannot refer to it. */
  readonly endpointName: string;
  /** Encrypts the log. */
  readonly key: IKey;
  readonly variants: GuardedVariant[];
}

/** More than Lambda needs for its three tries, and less than the hour that CloudFormation would wait for a function that cannot answer. */
const ANSWER_WITHIN_SECONDS = 1800;

/**
 * Three custom resources of one function, since CloudFormation calls each at another time:
 *
 * - `Deregister` before the endpoint, on the way there and on the way back,
 * - `Register` between the endpoint and its scalable targets, so that these are there when CloudFormation goes on to change them,
 * - `Sweep` gets another physical id with every change, and is deleted under the id that is no longer needed as the very last thing of an
 *   update and of a roll-back. That is the only moment which comes after a roll-back that has never got beyond the endpoint.
 *
 * `Sweep` stands apart, since what a roll-back asks of a custom resource that has got another id is not documented.
 */
export function makeScalingGuard({ scope, endpoint, endpointName, key, variants }: GuardContext): void {
  const guard = new Construct(scope, 'ScalingGuard');
  const serviceToken = guardFunction(guard, endpointName, key);
  const phase = (id: string, ...after: CfnResource[]) => {
    const resource = new CfnResource(guard, id, {
      type: `Custom::ScalingGuard${id}`,
      properties: {
        ServiceToken: serviceToken,
        ServiceTimeout: ANSWER_WITHIN_SECONDS,
        Phase: id.toLowerCase(),
        EndpointName: endpointName,
        Variants: sorted(Object.fromEntries(variants.map(v => [v.variantName, v.instanceTypes.join(' ')]))),
      },
    });
    after.forEach(a => waitForResource(resource, a));
    return resource;
  };
  const sweep = phase('Sweep');
  waitForResource(endpoint, phase('Deregister', sweep));
  const register = phase('Register', endpoint);
  variants.forEach(v => waitForResource(v.target, register));
}
