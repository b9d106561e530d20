import { Size } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { checkWishes } from './exclusions';
import { BoundHosting, EndpointWishes, Fleet, HostingContext, HostingKind } from './hosting-kind';
import { ServerlessHostingOptions } from './serverless-hosting-options';
import { accept } from '../../compliance/excuses';
import { Problems } from '../../core/problems';
import { gibibytes } from '../../core/units';
import { keyForVolumes } from '../../identity/key-permissions';
import { warnOfForeignImages } from '../models/foreign-images';
import { checkModelFitsKind, SERVERLESS_EXCLUDES } from '../models/model-fit';
import { rollbackAlarms } from '../rollout/rollback-alarms';
import { ONLY_VARIANT } from '../variants/hosted-variant';

/** Every default stands here, and only here. */
const DEFAULTS = { memorySize: Size.gibibytes(2), maxConcurrency: 5 };

/** https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ProductionVariantServerlessConfig.html */
const MAX_MEMORY = 6;
const MAX_CONCURRENCY = 200;

const NO_ISOLATION = ['ML-SM1', 'ML-SM2'].map(rule => ({
  rule,
  reason: 'Serverless inference of SageMaker knows neither network isolation nor a VPC; its containers run in a network of SageMaker.',
}));

/** Serverless inference. */
export class ServerlessHosting implements HostingKind {
  public readonly kind = 'Serverless';
  public readonly fleet: Fleet;

  constructor(private readonly props: ServerlessHostingOptions) {
    const variant = { variantName: ONLY_VARIANT, instanceTypes: [], scaled: props.scaling !== undefined };
    this.fleet = { serverless: true, variants: [variant], shadows: [], components: [] };
  }

  public check(problems: Problems, scope: IConstruct, wishes: EndpointWishes): void {
    const { model, memorySize, maxConcurrency, provisionedConcurrency, scaling } = this.props;
    checkWishes('a serverless endpoint', wishes, ['vpc', 'networkIsolation'], problems);
    model._check('model', problems, scope);
    checkModelFitsKind('model', model, 'a serverless endpoint', SERVERLESS_EXCLUDES, problems);
    if (!memorySize?.isUnresolved()) { problems.integer('memorySize (GiB)', memorySize && gibibytes(memorySize), 1, MAX_MEMORY); } // tokens in MiB
    problems.integer('maxConcurrency', maxConcurrency, 1, MAX_CONCURRENCY);
    problems.integer('provisionedConcurrency', provisionedConcurrency, 1, MAX_CONCURRENCY);
    problems.atMost('provisionedConcurrency', provisionedConcurrency, 'maxConcurrency', maxConcurrency ?? DEFAULTS.maxConcurrency);
    const initial = provisionedConcurrency === undefined ? undefined : { name: 'provisionedConcurrency', value: provisionedConcurrency };
    scaling?._check('scaling', problems, scope, { initial, maxConcurrency: maxConcurrency ?? DEFAULTS.maxConcurrency });
  }

  public bind({ scope, endpointName, key, model, rollback }: HostingContext): BoundHosting {
    const { memorySize, maxConcurrency, scaling } = this.props;
    const provisionedConcurrency = this.props.provisionedConcurrency ?? scaling?._initialCapacity;
    accept(scope, 'serviceCannot', NO_ISOLATION);
    warnOfForeignImages(scope, this.props.model);
    return {
      config: {
        kmsKeyId: key.keyArn,
        productionVariants: [{
          variantName: ONLY_VARIANT,
          modelName: model('Model', this.props.model, { networkIsolation: false }),
          initialVariantWeight: 1,
          serverlessConfig: {
            provisionedConcurrency,
            memorySizeInMb: (memorySize ?? DEFAULTS.memorySize).toMebibytes(),
            maxConcurrency: maxConcurrency ?? DEFAULTS.maxConcurrency,
          },
        }],
      },
      overrides: [],
      alarms: rollbackAlarms.serverless(scope, endpointName, ONLY_VARIANT, rollback),
      permissions: keyForVolumes(key),
      retained: scaling && { weights: true },
      attach: endpoint => {
        scaling?._bind({ scope, endpoint, endpointName, variantName: ONLY_VARIANT });
        return [];
      },
    };
  }
}
