import { IConstruct } from 'constructs';
import { ClarifyBaseline } from './clarify-baseline';
import { checkSome, ClarifyField } from './clarify-field';
import { Problems } from '../../../core/problems';
import { Permission } from '../../../identity/permission-statement';
import { TextGranularity } from '../../../jobs/text-granularity';

/** Every default stands here, and only here. */
const DEFAULTS = { useLogit: false, saveLocalValues: true, gridResolution: 15, topFeatures: 10 };

/**
 * How the values of single records become one for each feature.
 */
export enum ClarifyAggregation {
  /** Mean of the absolute values. */
  MEAN_ABSOLUTE = 'mean_abs',
  /** Median. */
  MEDIAN = 'median',
  /** Mean of the squares. */
  MEAN_SQUARE = 'mean_sq',
}

/**
 * What a model of images does.
 */
export enum ClarifyImageModel {
  /** It tells what an image shows. */
  IMAGE_CLASSIFICATION = 'IMAGE_CLASSIFICATION',
  /** It finds things in an image. */
  OBJECT_DETECTION = 'OBJECT_DETECTION',
}

/**
 * How features that are text are explained.
 */
export interface ClarifyTextOptions {
  /** The unit of text that gets an explanation of its own. */
  readonly granularity: TextGranularity;

  /** Language of the text, as a code of ISO 639 like `en`, or `xx` for several. */
  readonly language: string;
}

/**
 * How images are explained.
 */
export interface ClarifyImageOptions {
  /** What the model does. */
  readonly modelType: ClarifyImageModel;

  /**
   * About how many segments an image has.
   *
   * @default - what Clarify takes, 20
   */
  readonly segments?: number;

  /**
   * How square segments are; larger is more.
   *
   * @default - what Clarify takes, 5
   */
  readonly segmentCompactness?: number;

  /**
   * How many things are explained of those found.
   *
   * @default - what Clarify takes, 3
   */
  readonly maxObjects?: number;

  /**
   * How much of a thing must be found again, 0 to 1.
   *
   * @default - what Clarify takes, 0.5
   */
  readonly overlapThreshold?: number;

  /**
   * How much of the image around a thing is looked at, 0 to 1.
   *
   * @default - what Clarify takes, 1
   */
  readonly context?: number;
}

/**
 * Options of ClarifyExplanation.shap.
 */
export interface ClarifyShapOptions {
  /**
   * The records that explanations compare with.
   *
   * @default - Clarify makes them of the data
   */
  readonly baseline?: ClarifyBaseline;

  /**
   * How many made-up records are asked for each explanation, from 1.
   *
   * @default - Clarify takes a number by that of the features
   */
  readonly samples?: number;

  /**
   * How the values of single records become one for each feature.
   *
   * @default - what Clarify takes, the mean of the absolute values
   */
  readonly aggregation?: ClarifyAggregation;

  /**
   * Whether explanations are log-odds instead of probabilities.
   *
   * @default false
   */
  readonly useLogit?: boolean;

  /**
   * Whether the values of each record are kept.
   *
   * @default true
   */
  readonly saveLocalValues?: boolean;

  /**
   * Beginning of the random numbers, for explanations that come out the same each time.
   *
   * @default - another one each time
   */
  readonly seed?: number;

  /**
   * The features that are explained. Not for text or images.
   *
   * @default - all
   */
  readonly features?: ClarifyField[];

  /**
   * How features that are text are explained.
   *
   * @default - features are no text
   */
  readonly text?: ClarifyTextOptions;

  /**
   * How images are explained.
   *
   * @default - features are no images
   */
  readonly image?: ClarifyImageOptions;
}

/**
 * Options of ClarifyExplanation.partialDependence.
 */
export interface PartialDependenceOptions {
  /** The features that are plotted, 1 or more. */
  readonly features: ClarifyField[];

  /**
   * Into how many parts the values of a number are cut.
   *
   * @default 15
   */
  readonly gridResolution?: number;

  /**
   * How many features are plotted.
   *
   * @default 10
   */
  readonly topFeatures?: number;
}

/**
 * How Clarify explains a model.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/clarify-model-explainability.html
 */
export class ClarifyExplanation {
  /**
   * By SHAP values: how much each feature adds to a prediction.
   *
   * @param options baseline and aggregation
   */
  public static shap(options: ClarifyShapOptions = {}): ClarifyExplanation {
    return new ClarifyExplanation(options);
  }

  /**
   * By partial dependence plots: how predictions change with a feature.
   *
   * @param options features
   */
  public static partialDependence(options: PartialDependenceOptions): ClarifyExplanation {
    return new ClarifyExplanation(undefined, options);
  }

  private constructor(private readonly shapOptions?: ClarifyShapOptions, private readonly plots?: PartialDependenceOptions) {}

  /** @internal */
  public _check(name: string, problems: Problems): void {
    const { shapOptions: shap, plots } = this;
    checkSome(`${name}.features`, plots?.features, problems);
    problems.integer(`${name}.gridResolution`, plots?.gridResolution, 1, Number.MAX_SAFE_INTEGER);
    problems.integer(`${name}.topFeatures`, plots?.topFeatures, 1, Number.MAX_SAFE_INTEGER);
    shap?.baseline?._check(`${name}.baseline`, problems);
    problems.integer(`${name}.samples`, shap?.samples, 1, Number.MAX_SAFE_INTEGER);
    problems.integer(`${name}.seed`, shap?.seed, Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER);
    problems.integer(`${name}.image.segments`, shap?.image?.segments, 1, Number.MAX_SAFE_INTEGER);
    problems.integer(`${name}.image.maxObjects`, shap?.image?.maxObjects, 1, Number.MAX_SAFE_INTEGER);
    problems.range(`${name}.image.overlapThreshold`, shap?.image?.overlapThreshold, 0, 1);
    problems.range(`${name}.image.context`, shap?.image?.context, 0, 1);
    problems.check(shap?.features === undefined || (shap.text ?? shap.image) === undefined, `${name}.features is not for text or images`);
  }

  /** @internal */
  public _read(scope: IConstruct): Permission[] {
    return this.shapOptions?.baseline?._read(scope) ?? [];
  }

  /** @internal */
  public _render(): object {
    const { shapOptions: shap, plots } = this;
    if (plots !== undefined) {
      const { gridResolution = DEFAULTS.gridResolution, topFeatures = DEFAULTS.topFeatures, features } = plots;
      return { pdp: { grid_resolution: gridResolution, top_k_features: topFeatures, features: features.map(f => f._value) } };
    }
    const { image } = shap!;
    return {
      shap: {
        use_logit: shap!.useLogit ?? DEFAULTS.useLogit,
        save_local_shap_values: shap!.saveLocalValues ?? DEFAULTS.saveLocalValues,
        ...shap!.baseline?._render(),
        num_samples: shap!.samples,
        agg_method: shap!.aggregation,
        seed: shap!.seed,
        text_config: shap!.text && { granularity: shap!.text.granularity, language: shap!.text.language },
        image_config: image && {
          model_type: image.modelType,
          num_segments: image.segments,
          segment_compactness: image.segmentCompactness,
          max_objects: image.maxObjects,
          iou_threshold: image.overlapThreshold,
          context: image.context,
        },
        features_to_explain: shap!.features?.map(f => f._value),
      },
    };
  }
}
