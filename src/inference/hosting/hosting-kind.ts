import { CfnAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { CfnEndpoint, CfnEndpointConfigProps, CfnModel } from 'aws-cdk-lib/aws-sagemaker';
import { Construct, IConstruct } from 'constructs';
import { Problems } from '../../core/problems';
import { Permission } from '../../identity/permission-statement';
import { MlInstanceType } from '../../instances/ml-instance-type';
import { DataCapture } from '../../jobs/data-capture';
import { ComponentRollout } from '../components/component-rollout';
import { InferenceModel } from '../models/inference-model';
import { Override } from '../overrides';
import { RollbackSettings } from '../rollout/rollback-settings';
import { GuardedVariant } from '../scaling-guard/scaling-guard';

/** What is asked of the endpoint as a whole, and not every kind can do. */
export interface EndpointWishes {
  readonly vpc: boolean;
  /** As given; undefined leaves it to the kind. */
  readonly networkIsolation?: boolean;
}

/** What a kind of hosting gets from the endpoint around it. */
export interface HostingContext {
  readonly scope: Construct;
  /** Name of the endpoint as a plain string: a reference would close a circle with alarms. */
  readonly endpointName: string;
  readonly key: IKey;
  readonly roleArn: string;
  readonly vpcConfig?: CfnModel.VpcConfigProperty;
  readonly wishes: EndpointWishes;
  /** What the alarms go by that roll an update back. */
  readonly rollback: RollbackSettings;
  /** How inference components take over. */
  readonly componentRollout: ComponentRollout;
  /** Makes a SageMaker model that waits for its role, and returns its name. */
  readonly model: (id: string, model: InferenceModel, options: { networkIsolation: boolean }) => string;
}

/** What a kind of hosting is made of. */
export interface BoundHosting {
  readonly config: CfnEndpointConfigProps;
  /** Properties of the configuration that CDK does not know yet. */
  readonly overrides: Override[];
  /** Alarms that roll an update back. */
  readonly alarms: CfnAlarm[];
  /** What the execution role needs beyond images and artifacts. */
  readonly permissions: Permission[];
  /** What an update keeps as it is at that time, instead of what the configuration says. */
  readonly retained?: Retained;
  /** Makes what needs the endpoint: scaling, inference components. Returns the variants whose number of instances is scaled. */
  readonly attach: (endpoint: CfnEndpoint) => GuardedVariant[];
}

/** Counts are kept wherever something scales them; weights unless the program says them. */
export interface Retained {
  readonly weights: boolean;
}

/** What alarms, metrics, rollouts and scaling must know of the variants. */
export interface Fleet {
  readonly serverless: boolean;
  /** The production variants, the main one first. */
  readonly variants: FleetVariant[];
  /** Variants whose answers nobody gets. */
  readonly shadows: FleetVariant[];
  /** Names of inference components as SageMaker knows them. */
  readonly components: string[];
}

/** A variant with its defaults; without instances if it is serverless. */
export interface FleetVariant {
  readonly variantName: string;
  readonly instanceTypes: MlInstanceType[];
  readonly instanceCount?: number;
  /** Whether something changes its capacity while it runs. */
  readonly scaled: boolean;
  /** Whether its model certainly comes from AWS Marketplace. */
  readonly marketplace?: boolean;
}

/** All ways to host models. */
export type HostingKindName = 'RealTime' | 'Serverless' | 'Asynchronous' | 'Components';

/** One way to host models. */
export interface HostingKind {
  /** Part of construct ids and of the endpoint's name, since SageMaker cannot turn one kind into another. */
  readonly kind: HostingKindName;
  readonly fleet: Fleet;
  /** What is captured; monitors need it. */
  readonly capture?: DataCapture;
  /** Whether one of its models is a multi-model container; monitors cannot watch these. */
  readonly servesMultiModel?: boolean;
  check(problems: Problems, scope: IConstruct, wishes: EndpointWishes): void;
  bind(context: HostingContext): BoundHosting;
}
