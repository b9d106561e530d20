import { Stack, Token, Validations } from 'aws-cdk-lib';
import { Fact, FactName } from 'aws-cdk-lib/region-info';
import { Construct } from 'constructs';
import { accountsOf, ImageFamily } from './aws-accounts';
import { accountInRegion } from './region-accounts';
import { Problems } from '../../core/problems';
import { sorted } from '../../core/sorted';
import { checkAccount } from '../../identity/sharing';
import { SageMakerImage } from '../sagemaker-image';

/**
 * Algorithms that AWS ships, but for XGBoost, which has versions.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/algos.html
 */
export enum BuiltInAlgorithm {
  /** Words as vectors, and classes of texts. */
  BLAZING_TEXT = 'blazingtext',
  /** Forecasts of time series. */
  DEEP_AR = 'forecasting-deepar',
  /** Classes and numbers from sparse data. */
  FACTORIZATION_MACHINES = 'factorization-machines',
  /** Classes of images. */
  IMAGE_CLASSIFICATION = 'image-classification',
  /** Who uses which IP addresses. */
  IP_INSIGHTS = 'ipinsights',
  /** Clusters. */
  K_MEANS = 'kmeans',
  /** The nearest neighbours. */
  K_NEAREST_NEIGHBORS = 'knn',
  /** Topics, by latent Dirichlet allocation. */
  LDA = 'lda',
  /** Classes and numbers, linear. */
  LINEAR_LEARNER = 'linear-learner',
  /** Topics, by a neural network. */
  NEURAL_TOPIC_MODEL = 'ntm',
  /** Pairs of objects as vectors. */
  OBJECT2VEC = 'object2vec',
  /** Objects in images. */
  OBJECT_DETECTION = 'object-detection',
  /** Principal components. */
  PCA = 'pca',
  /** What does not fit in. */
  RANDOM_CUT_FOREST = 'randomcutforest',
  /** Each pixel of an image. */
  SEMANTIC_SEGMENTATION = 'semantic-segmentation',
  /** Sequences from sequences, as translations are. */
  SEQ2SEQ = 'seq2seq',
}

const FAMILIES: { [algorithm: string]: ImageFamily } = {
  'blazingtext': 'media',
  'image-classification': 'media',
  'object-detection': 'media',
  'semantic-segmentation': 'media',
  'seq2seq': 'media',
  'forecasting-deepar': 'deepar',
  'lda': 'lda',
};

/** How AWS writes the tags of images that have versions: one that is newer than this library may be there, one that is written otherwise hardly is. */
const VERSION_TAGS: { [repository: string]: { form: RegExp; example: string } } = {
  'sagemaker-xgboost': { form: /^(\d+\.\d+-\d+(-[a-z0-9]+)*|sha256:.*)$/, example: '1.7-1' },
  'sagemaker-scikit-learn': { form: /^\d+\.\d+[.-]\d+-cpu-py3$/, example: '1.4-2-cpu-py3' },
  'sagemaker-spark-processing': { form: /^(\d+\.\d+-cpu-py\d+(-v\d+(\.\d+)*)?|sha256:.*)$/, example: '3.5-cpu-py39-v1.0' },
};

/** Families of what runs with code of one's own only, but for XGBoost, which is an algorithm, too. */
const FRAMEWORKS: ImageFamily[] = ['deepLearning', 'frameworks', 'spark'];

/**
 * Images that AWS provides, from its own accounts, of which each Region has others.
 *
 * In a stack without a Region they stand in a mapping of the template, and a Region without them makes the deployment fail; otherwise that is an error at synth.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg-ecr-paths/sagemaker-algo-docker-registry-paths.html
 *
 * @example
 * const image = AwsImage.xgboost(this, '1.7-1');
 */
export class AwsImage {
  /**
   * A deep learning container: PyTorch, TensorFlow, Hugging Face, large models and others.
   *
   * @see https://aws.github.io/deep-learning-containers/
   * @param scope whose Region it is
   * @param repositoryName for example `pytorch-training`
   * @param tag for example `2.6.0-gpu-py312-cu126-ubuntu22.04-sagemaker`
   */
  public static deepLearning(scope: Construct, repositoryName: string, tag: string): SageMakerImage {
    return imageOf(scope, 'deepLearning', repositoryName, tag);
  }

  /**
   * XGBoost, as an algorithm or as a framework for code of one's own.
   *
   * @param scope whose Region it is
   * @param version for example `1.7-1`; 1.2-1 or later
   */
  public static xgboost(scope: Construct, version: string): SageMakerImage {
    return imageOf(scope, 'frameworks', 'sagemaker-xgboost', version);
  }

  /**
   * Scikit-learn, for code of one's own.
   *
   * @param scope whose Region it is
   * @param version for example `1.4-2`; 0.20.0 or later
   */
  public static scikitLearn(scope: Construct, version: string): SageMakerImage {
    return imageOf(scope, 'frameworks', 'sagemaker-scikit-learn', `${version}-cpu-py3`);
  }

  /**
   * Apache Spark, for processing.
   *
   * @param scope whose Region it is
   * @param tag for example `3.5-cpu-py39-v1.0`
   */
  public static spark(scope: Construct, tag: string): SageMakerImage {
    return imageOf(scope, 'spark', 'sagemaker-spark-processing', tag);
  }

  /**
   * An algorithm that AWS ships, in its version 1, the only one there is.
   *
   * @param scope whose Region it is
   * @param algorithm which one
   */
  public static algorithm(scope: Construct, algorithm: BuiltInAlgorithm): SageMakerImage {
    return imageOf(scope, FAMILIES[algorithm] ?? 'algorithms', algorithm, '1');
  }

  /**
   * Any other image whose account depends on the Region.
   *
   * @param scope whose Region it is
   * @param repositoryName name of the repository, the same in all Regions
   * @param tag tag of the image, or a digest that begins with `sha256:`
   * @param accounts account by Region, for all Regions that the stack is deployed to
   */
  public static of(scope: Construct, repositoryName: string, tag: string, accounts: { [region: string]: string }): SageMakerImage {
    const { region } = Stack.of(scope);
    const problems = new Problems();
    Object.entries(accounts).forEach(([name, account]) => checkAccount(`accounts.${name}`, account, problems));
    if (Token.isUnresolved(region)) { problems.check(Object.keys(accounts).length > 0, 'accounts must have an entry for each Region that the stack is deployed to'); }
    problems.throwIfAny(scope, 'AwsImage');
    return make(scope, repositoryName, tag, { id: `MlImages${repositoryName.replace(/[^A-Za-z0-9]/g, '')}`, accounts });
  }

  private constructor() {}
}

function imageOf(scope: Construct, family: ImageFamily, repositoryName: string, tag: string): SageMakerImage {
  const newer = family === 'deepLearning' ? Fact.find(Stack.of(scope).region, FactName.DLC_REPOSITORY_ACCOUNT) : undefined;
  const image = make(scope, repositoryName, tag, { id: `MlImages${family[0].toUpperCase()}${family.slice(1)}`, accounts: accountsOf(family), family }, newer);
  const { form, example } = VERSION_TAGS[repositoryName] ?? {};
  if (form !== undefined && !Token.isUnresolved(tag) && !form.test(tag)) {
    Validations.of(scope).addWarning('cdk-ml-patterns:imageTagUnlikely',
      `'${tag}' does not look like a tag of ${repositoryName}, which AWS writes like '${example}': if there is none, whatever runs the image fails when it starts.`);
  }
  return image;
}

/** Accounts by Region, and where they come from. */
interface AccountTable {
  /** Of the mapping of the template. */
  readonly id: string;
  readonly accounts: Record<string, string>;
  /** Of those that the library knows, which hold the same images in all Regions. */
  readonly family?: ImageFamily;
}

/** `newer` is the account where the table knows none. */
function make(scope: Construct, repository: string, tag: string, { id, accounts, family }: AccountTable, newer?: string): SageMakerImage {
  const stack = Stack.of(scope);
  const problems = new Problems();
  const account = accountInRegion(stack, id, rows(accounts), 'account') ?? newer;
  problems.check(account !== undefined,
    `Region ${stack.region} has no account with images of ${repository} that is known here: give it to AwsImage.of, or the whole name to SageMakerImage.fromUri`);
  problems.throwIfAny(scope, 'AwsImage');
  const registry = `${account}.dkr.ecr.${stack.region}.${stack.urlSuffix}`;
  const image = SageMakerImage._ofAws({ account: account!, region: stack.region, repository, registry }, tag, family === undefined ? {} : {
    content: `${family}/${repository}@${tag}`, algorithm: repository === 'sagemaker-xgboost' || !FRAMEWORKS.includes(family),
  });
  image._check('image', problems);
  problems.throwIfAny(scope, 'AwsImage');
  return image;
}

function rows(accounts: Record<string, string>): Record<string, { account: string }> {
  return Object.fromEntries(Object.entries(sorted(accounts)!).map(([region, account]) => [region, { account }]));
}
