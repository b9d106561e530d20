import { Duration } from 'aws-cdk-lib';
import { CfnEndpoint } from 'aws-cdk-lib/aws-sagemaker';
import { Problems } from '../../core/problems';
import { ComponentRollout } from '../components/component-rollout';
import { Fleet } from '../hosting/hosting-kind';

/** One way to bring a new version into service. */
export interface RolloutStrategy {
  /** Name of the factory that makes it. */
  readonly name: string;
  /** How the copies of inference components follow, where that can be said by it. */
  readonly components?: Partial<ComponentRollout>;
  /** What it shows to the alarms first, for how long. */
  firstStep(fleet: Fleet): FirstStep;
  check(problems: Problems, fleet: Fleet): void;
  render(): Pick<CfnEndpoint.DeploymentConfigProperty, 'blueGreenUpdatePolicy' | 'rollingUpdatePolicy'>;
}

/** The step with which an update begins. */
export interface FirstStep {
  /** Name of the property that says how long. */
  readonly waitName: string;
  readonly wait: Duration;
  /** Percent of the traffic that only this step shows to the alarms; undefined if later steps show them more in time to turn back, or if it is not known. */
  readonly alone?: number;
}

/** Alarms are watched for longer than they look back. */
export const DEFAULT_WAIT = Duration.minutes(5);
