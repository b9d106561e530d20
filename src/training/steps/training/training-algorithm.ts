import { Problems } from '../../../core/problems';

/** https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_AlgorithmSpecification.html */
const ALGORITHM = /^(arn:aws[a-z-]*:sagemaker:[a-z0-9-]*:\d{12}:[a-z-]*\/)?[a-zA-Z0-9][a-zA-Z0-9-]{0,62}(?<!-)$/;

/**
 * An algorithm resource of SageMaker, of one's own account or of the AWS Marketplace, which names its image itself.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-mkt-algo.html
 */
export class TrainingAlgorithm {
  /**
   * An algorithm of this account.
   *
   * @param algorithmName its name, up to 63 letters, digits and dashes
   */
  public static fromAlgorithmName(algorithmName: string): TrainingAlgorithm {
    return new TrainingAlgorithm(algorithmName);
  }

  /**
   * An algorithm of any account, one that the Marketplace was subscribed to for example.
   *
   * @param algorithmArn its ARN
   */
  public static fromAlgorithmArn(algorithmArn: string): TrainingAlgorithm {
    return new TrainingAlgorithm(algorithmArn);
  }

  private constructor(
    /**
     * As a definition names it.
     *
     * @internal
     */
    public readonly _name: string,
  ) {}

  /** @internal */
  public _check(name: string, problems: Problems): void {
    problems.pattern(name, this._name, ALGORITHM, 'be the name or the ARN of an algorithm');
  }
}
