import { Validations } from 'aws-cdk-lib';
import { Construct, IConstruct } from 'constructs';
import { BoundHosting, HostingContext, HostingKind } from './hosting-kind';
import { accept } from '../../compliance/excuses';
import { MlInstanceType } from '../../containers/ml-instance-type';
import { Problems } from '../../core/problems';
import { keyForVolumes } from '../../identity/key-permissions';
import { ClarifyExplainer } from '../capture/clarify-explainer';
import { DataCapture } from '../capture/data-capture';
import { InferenceModel } from '../models/inference-model';
import { rollbackAlarm } from '../rollout/rollback-alarm';

/** Constant, since an update needs the same variants in the old and the new configuration. */
const VARIANT = 'AllTraffic';

/** Every default stands here, and only here. */
const DEFAULTS = { instanceType: MlInstanceType.M5_LARGE, instanceCount: 1 };

const ONE_IS_ENOUGH = {
  rule: `ML-SM7[${VARIANT}]`,
  reason: 'One instance is the cheapest default; a count of 2 or more, if asked for, spreads over Availability Zones.',
};

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-properties-sagemaker-endpointconfig-productionvariant.html */
const MAX_INSTANCES = 10_000;

/**
 * One model on instances that answer at once.
 */
export interface RealTimeHostingOptions {
  /** The model to serve. */
  readonly model: InferenceModel;

  /**
   * Type of the instances.
   *
   * @default MlInstanceType.M5_LARGE
   */
  readonly instanceType?: MlInstanceType;

  /**
   * Number of instances, 1 to 10,000. From 2 on they are spread over Availability Zones; one is the cheapest.
   *
   * @default 1
   */
  readonly instanceCount?: number;

  /**
   * Writes a share of requests and answers to S3, for monitors and for training.
   *
   * @default - nothing is captured
   */
  readonly dataCapture?: DataCapture;

  /**
   * Explains predictions while they are made.
   *
   * @default - predictions are not explained
   */
  readonly explainer?: ClarifyExplainer;
}

/**
 * Real-time inference on instances.
 *
 * @internal
 */
export function realTimeHosting(props: RealTimeHostingOptions): HostingKind {
  return {
    kind: 'RealTime',
    fleet: {
      serverless: false,
      variants: [{
        variantName: VARIANT,
        instanceTypes: [props.instanceType ?? DEFAULTS.instanceType],
        instanceCount: props.instanceCount ?? DEFAULTS.instanceCount,
        scaled: false,
      }],
      shadows: [],
      components: [],
    },
    capture: props.dataCapture,
    check: (problems, scope) => check(props, problems, scope),
    bind: context => bind(props, context),
  };
}

function check(props: RealTimeHostingOptions, problems: Problems, scope: IConstruct): void {
  props.model._check('model', problems, scope);
  props.instanceType?._check('instanceType', problems);
  problems.integer('instanceCount', props.instanceCount, 1, MAX_INSTANCES);
  props.dataCapture?._check('dataCapture', problems);
  props.explainer?._check('explainer', problems);
}

function bind(props: RealTimeHostingOptions, { scope, endpointName, key, model, wishes }: HostingContext): BoundHosting {
  const instanceType = props.instanceType ?? DEFAULTS.instanceType;
  warnOfLocalDisks(scope, instanceType);
  if (props.instanceCount === undefined) { accept(scope, [ONE_IS_ENOUGH]); }
  const alarms = [rollbackAlarm(scope, endpointName, VARIANT)];
  return {
    alarms,
    overrides: [],
    attach: () => undefined,
    permissions: [...keyForVolumes(key), ...props.dataCapture?._permissions() ?? [], ...props.explainer?._permissions() ?? []],
    config: {
      kmsKeyId: key.keyArn,
      dataCaptureConfig: props.dataCapture?._render(),
      explainerConfig: props.explainer?._render(),
      productionVariants: [{
        variantName: VARIANT,
        modelName: model('Model', props.model, { networkIsolation: wishes.networkIsolation ?? true }),
        instanceType: instanceType.instanceTypeName,
        initialInstanceCount: props.instanceCount ?? DEFAULTS.instanceCount,
        initialVariantWeight: 1,
        routingConfig: { routingStrategy: 'LEAST_OUTSTANDING_REQUESTS' },
      }],
    },
  };
}

function warnOfLocalDisks(scope: Construct, { _hasLocalDisks, instanceTypeName }: MlInstanceType): void {
  if (!_hasLocalDisks) { return; }
  Validations.of(scope).addWarning('cdk-ml-patterns:localDisks', `Instances of ${instanceTypeName} have disks of their own, which the key of the endpoint does not encrypt.`);
}
