import { Token } from 'aws-cdk-lib';
import { Construct, IConstruct } from 'constructs';
import { BoundHosting, EndpointWishes, Fleet, HostingContext, HostingKind, Retained } from './hosting-kind';
import { RealTimeHostingOptions } from './real-time-hosting-options';
import { Problems } from '../../core/problems';
import { keyForVolumes } from '../../identity/key-permissions';
import { DataCapture } from '../../jobs/data-capture';
import { warnOfPlacesElsewhere } from '../../storage/bucket-region';
import { SHADOW_EXCLUDES } from '../models/model-fit';
import { hasFeature } from '../models/model-traits';
import { below } from '../overrides';
import { rollbackAlarms } from '../rollout/rollback-alarms';
import { HostedVariant, ONLY_VARIANT } from '../variants/hosted-variant';
import { checkMetrics, renderMetrics } from '../variants/metrics-publishing';

/** Every default stands here, and only here. */
const DEFAULTS = { weight: 1, shadowName: 'Shadow', sampling: 100 };

/** https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateEndpointConfig.html */
const MAX_VARIANTS = 10;

/** Options that stand beside variants, since they are about all of them. */
const OF_THE_ENDPOINT = ['model', 'shadow', 'metrics', 'dataCapture', 'explainer'];

/** Real-time inference on instances. */
export class RealTimeHosting implements HostingKind {
  public readonly kind = 'RealTime';
  public readonly capture?: DataCapture;
  private readonly variants: HostedVariant[];
  private readonly shadow?: HostedVariant;

  constructor(private readonly props: RealTimeHostingOptions) {
    this.capture = props.dataCapture;
    this.variants = variantsOf(props);
    this.shadow = shadowOf(props);
  }

  public get fleet(): Fleet {
    return { serverless: false, variants: this.variants.map(v => v.facts), shadows: this.shadow ? [this.shadow.facts] : [], components: [] };
  }

  public get servesMultiModel(): boolean {
    return this.variants.some(v => hasFeature(v.model._traits, 'multiModel'));
  }

  public check(problems: Problems, scope: IConstruct, wishes: EndpointWishes): void {
    const { model, variants, shadow, metrics } = this.props;
    const all = [...this.variants, ...this.shadow ? [this.shadow] : []];
    problems.check((model === undefined) !== (variants === undefined), `either model or variants must be given, got ${model === undefined ? 'neither' : 'both'}`);
    if (variants !== undefined) { this.checkVariants(problems); }
    all.forEach(v => v.check(problems, scope as Construct, wishes));
    if (shadow !== undefined) { all.forEach(v => v.checkKind('an endpoint with a shadow', SHADOW_EXCLUDES, problems)); }
    if (shadow !== undefined) { checkInf1(all, problems); }
    const sampling = shadow?.samplingPercentage;
    const weight = this.props.variants?.[0]?.weight;
    if (shadow !== undefined && [sampling, weight].some(n => Token.isUnresolved(n))) {
      problems.check(false, 'shadow.samplingPercentage and the weight beside it must be known at synth, since the weight of the shadow is calculated from them');
    } else {
      const inRange = sampling === undefined || (sampling > 0 && sampling <= 100);
      problems.check(inRange, `shadow.samplingPercentage must be more than 0 and at most 100, got ${sampling}`);
    }
    problems.check(shadow === undefined || this.variants.length === 1, `shadow needs exactly one production variant, found ${this.variants.length}: leave out shadow, or all variants but one`);
    problems.unique('variantName', all.map(v => v.variantName));
    checkMetrics('metrics', metrics, problems);
    this.props.dataCapture?._check('dataCapture', problems);
    this.props.explainer?._check('explainer', problems);
  }

  public bind({ scope, endpointName, key, model, wishes, rollback }: HostingContext): BoundHosting {
    const render = (variant: HostedVariant) =>
      variant.render(scope, model(variant.modelId, variant.model, { networkIsolation: wishes.networkIsolation ?? true }));
    const overridesOf = (list: string, variants: HostedVariant[]) => variants.flatMap((v, i) => below(`${list}.${i}`, v.overrides()));
    const all = [...this.variants, ...this.shadow ? [this.shadow] : []];
    const { dataCapture, explainer } = this.props;
    warnOfPlacesElsewhere(scope, { dataCapture: dataCapture?.destination });
    return {
      config: {
        kmsKeyId: key.keyArn,
        productionVariants: this.variants.map(render),
        shadowProductionVariants: this.shadow && [render(this.shadow)],
        dataCaptureConfig: dataCapture?._render(),
        explainerConfig: explainer?._render(),
      },
      overrides: [
        ...overridesOf('ProductionVariants', this.variants),
        ...overridesOf('ShadowProductionVariants', this.shadow ? [this.shadow] : []),
        ...renderMetrics(this.props.metrics),
      ],
      alarms: this.variants.flatMap(v => rollbackAlarms.realTime(scope, endpointName, v.variantName, rollback)),
      permissions: [
        ...keyForVolumes(key), ...all.flatMap(v => v.permissions()), ...dataCapture?._permissions() ?? [], ...explainer?._permissions() ?? [],
      ],
      retained: this.retained(all),
      attach: endpoint => all.flatMap(v => v.attach(scope, endpoint, endpointName)),
    };
  }

  /** A weight that the program says is applied; without one, the weights that were set since stay. */
  private retained(variants: HostedVariant[]): Retained | undefined {
    const said = (this.props.variants ?? []).some(v => v.weight !== undefined) || this.props.shadow?.samplingPercentage !== undefined;
    return variants.some(v => v.facts.scaled) ? { weights: !said } : undefined;
  }

  private checkVariants(problems: Problems): void {
    const { variants = [], ...rest } = this.props;
    const alone = Object.entries(rest).filter(([name, value]) => value !== undefined && !OF_THE_ENDPOINT.includes(name)).map(([name]) => name);
    problems.check(alone.length === 0, `${alone.join(', ')} must stand in each of the variants, since variants are given`);
    problems.count('variants', variants, 1, MAX_VARIANTS);
    const weights = variants.map(v => v.weight ?? DEFAULTS.weight);
    problems.check(weights.length === 0 || weights.some(w => w !== 0), 'variants must have a weight above 0 somewhere, or nobody gets traffic; all are 0');
  }
}

function variantsOf({ variants, model, shadow, metrics, scaling, dataCapture, explainer, ...settings }: RealTimeHostingOptions): HostedVariant[] {
  if (variants !== undefined) {
    return variants.map((v, i) => new HostedVariant({ path: `variants[${i}].`, variantName: v.variantName, model: v.model, weight: v.weight ?? DEFAULTS.weight, settings: v, scaling: v.scaling }));
  }
  return model === undefined ? [] : [new HostedVariant({ path: '', variantName: ONLY_VARIANT, model, weight: DEFAULTS.weight, settings, scaling })];
}

/** The share that is copied is the ratio of the shadow's weight to that of the production variant. */
function shadowOf({ shadow, variants }: RealTimeHostingOptions): HostedVariant | undefined {
  if (shadow === undefined) { return undefined; }
  const weight = (variants?.[0]?.weight ?? DEFAULTS.weight) * (shadow.samplingPercentage ?? DEFAULTS.sampling) / 100;
  return new HostedVariant({ path: 'shadow.', variantName: shadow.variantName ?? DEFAULTS.shadowName, model: shadow.model, weight, settings: shadow, scaling: shadow.scaling });
}

/** https://docs.aws.amazon.com/sagemaker/latest/dg/shadow-tests-exclusions.html */
function checkInf1(variants: HostedVariant[], problems: Problems): void {
  const types = variants.flatMap(v => v.facts.instanceTypes.map(t => t.instanceTypeName)).filter(t => t.startsWith('ml.inf1.'));
  problems.check(types.length === 0, `a shadow, and the variant beside it, cannot run on Inf1, got ${[...new Set(types)].join(', ')}`);
}
