import { ClarifyInferenceOptions } from './clarify-inference-options';
import { ShapBaseline } from './shap-baseline';
import { TextGranularity } from '../../jobs/text-granularity';

/**
 * How an endpoint explains its predictions.
 */
export interface ClarifyExplainerOptions extends ClarifyInferenceOptions {
  /** The records that explanations compare with. */
  readonly baseline: ShapBaseline;

  /**
   * Format of the baseline: `text/csv` or `application/jsonlines`.
   *
   * @default - what SageMaker takes, text/csv
   */
  readonly baselineMimeType?: string;

  /**
   * JMESPath condition, up to 64 characters, that tells from an answer whether it is explained.
   *
   * @default - every answer is explained
   */
  readonly enableExplanations?: string;

  /**
   * How many made-up records are asked for each explanation and record of the baseline, from 1. Fewer are faster and less exact.
   *
   * @default - what SageMaker takes, the smaller of 2 * features + 2048 and 2 ** features - 2
   */
  readonly numberOfSamples?: number;

  /**
   * Beginning of the random numbers, for explanations that come out the same each time.
   *
   * @default - another one each time
   */
  readonly seed?: number;

  /**
   * Whether explanations are log-odds instead of probabilities.
   *
   * @default - what SageMaker takes, false
   */
  readonly useLogit?: boolean;

  /**
   * Language of the text, as a code of ISO 639 like `en`, or `xx` for several. Goes with `textGranularity`.
   *
   * @default - features are no text
   */
  readonly textLanguage?: string;

  /**
   * The unit of text that gets an explanation of its own. Goes with `textLanguage`.
   *
   * @default - features are no text
   */
  readonly textGranularity?: TextGranularity;
}
