import { CfnEndpointConfig } from 'aws-cdk-lib/aws-sagemaker';
import { ClarifyExplainerOptions } from './clarify-explainer-options';
import { checkClarifyInference, ClarifyFeatureType, renderClarifyInference } from './clarify-inference-options';
import { Problems } from '../../core/problems';
import { Permission } from '../../identity/permission-statement';

/** https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ClarifyExplainerConfig.html */
const CONDITION = /^.{1,64}$/;
const MIME_TYPES = ['text/csv', 'application/jsonlines'];

/** Largest number of 32 bits, which the service model of SageMaker calls an integer. */
const MAX_INTEGER = 2 ** 31 - 1;

/**
 * Explains predictions while they are made: how much each feature contributed to an answer.
 *
 * A call that is explained asks the model for many made-up records, so it takes longer, and there is a time limit of 60 seconds a call.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/clarify-online-explainability.html
 */
export class ClarifyExplainer {
  /**
   * Explains by the Kernel SHAP algorithm.
   *
   * @param options what explanations compare with, and how requests and answers are read
   */
  public static shap(options: ClarifyExplainerOptions): ClarifyExplainer {
    return new ClarifyExplainer(options);
  }

  private constructor(private readonly options: ClarifyExplainerOptions) {}

  /** @internal */
  public _check(name: string, problems: Problems): void {
    const { options } = this;
    options.baseline._check(`${name}.baseline`, problems);
    checkClarifyInference(name, options, problems);
    problems.oneOf(`${name}.baselineMimeType`, options.baselineMimeType, MIME_TYPES);
    problems.pattern(`${name}.enableExplanations`, options.enableExplanations, CONDITION, 'be 1 to 64 characters in one line');
    problems.integer(`${name}.numberOfSamples`, options.numberOfSamples, 1, MAX_INTEGER);
    problems.integer(`${name}.seed`, options.seed, -MAX_INTEGER - 1, MAX_INTEGER);
    problems.pattern(`${name}.textLanguage`, options.textLanguage, /^[a-z]{2,3}$/, "be a code of ISO 639 like 'en'");
    const together = (options.textLanguage === undefined) === (options.textGranularity === undefined);
    problems.check(together, `${name}.textLanguage and ${name}.textGranularity go together`);
    const ofText = options.featureTypes?.includes(ClarifyFeatureType.TEXT) ?? false;
    problems.check(!ofText || options.textLanguage !== undefined, `${name}.featureTypes holds TEXT, which needs textLanguage and textGranularity`);
  }

  /** @internal */
  public _render(): CfnEndpointConfig.ExplainerConfigProperty {
    const { baseline, baselineMimeType, enableExplanations, numberOfSamples, seed, useLogit, textLanguage, textGranularity } = this.options;
    return {
      clarifyExplainerConfig: {
        enableExplanations,
        inferenceConfig: renderClarifyInference(this.options),
        shapConfig: {
          numberOfSamples,
          seed,
          useLogit,
          shapBaselineConfig: baseline._render(baselineMimeType),
          textConfig: textLanguage === undefined ? undefined : { language: textLanguage, granularity: textGranularity! },
        },
      },
    };
  }

  /**
   * What the endpoint's role needs.
   *
   * @internal
   */
  public _permissions(): Permission[] {
    return this.options.baseline._permissions();
  }
}
