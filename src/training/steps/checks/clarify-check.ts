import { IKey } from 'aws-cdk-lib/aws-kms';
import { Construct, IConstruct } from 'constructs';
import { checkConfig, placeConfig } from './analysis-config';
import { CheckDefinition } from './check-definition';
import { checkBias, ClarifyBiasOptions, POST_TRAINING, PRE_TRAINING, renderBias } from './clarify-bias';
import { checkData, ClarifyDataOptions, ClarifyDataType, readData, renderData } from './clarify-data';
import { ClarifyExplanation } from './clarify-explanation';
import { checkModel, ClarifyModelOptions, modelInstanceType, renderModel } from './clarify-model';
import { Problems } from '../../../core/problems';
import { Permission } from '../../../identity/permission-statement';
import { checkUri, readUri } from '../../definition/s3-uri';

/**
 * What Clarify measures.
 */
export enum ClarifyCheckType {
  /** Bias of data. */
  DATA_BIAS = 'DATA_BIAS',
  /** Bias of predictions. */
  MODEL_BIAS = 'MODEL_BIAS',
  /** How much features weigh. */
  MODEL_EXPLAINABILITY = 'MODEL_EXPLAINABILITY',
}

/**
 * Options of ClarifyCheck.dataBias.
 */
export interface DataBiasCheckOptions extends ClarifyDataOptions, ClarifyBiasOptions {}

/**
 * Options of ClarifyCheck.modelBias.
 */
export interface ModelBiasCheckOptions extends ClarifyDataOptions, ClarifyBiasOptions, ClarifyModelOptions {}

/**
 * Options of ClarifyCheck.modelExplainability.
 */
export interface ModelExplainabilityCheckOptions extends ClarifyDataOptions, ClarifyModelOptions {
  /** How the model is explained. */
  readonly explanation: ClarifyExplanation;
}

/**
 * Options of ClarifyCheck.fromFile.
 */
export interface ClarifyFileOptions {
  /**
   * Name of the SageMaker model that is asked; may be a variable. Needed for `MODEL_BIAS` and `MODEL_EXPLAINABILITY`.
   *
   * @default - no model is asked
   */
  readonly modelName?: string;

  /**
   * Whether the data is gzipped.
   *
   * @default false
   */
  readonly gzipped?: boolean;
}

/** What the kinds differ in. */
interface Analysis {
  readonly checkType: ClarifyCheckType;
  /** What stands in the file, unless there is one already. */
  readonly config?: object;
  readonly uri?: string;
  readonly modelName?: string;
  readonly modelInstanceType?: string;
  readonly gzipped?: boolean;
  readonly continuous?: boolean;
  readonly bootstrapKey?: IKey;
  check(name: string, problems: Problems): void;
  read(scope: IConstruct): Permission[];
}

/**
 * What a ClarifyCheckStep looks at.
 */
export class ClarifyCheck {
  /**
   * Whether data treats groups alike, before a model is trained.
   *
   * @param options data, labels and groups
   */
  public static dataBias(options: DataBiasCheckOptions): ClarifyCheck {
    return new ClarifyCheck({
      checkType: ClarifyCheckType.DATA_BIAS,
      ...ofData(options, { ...renderBias(options), methods: { pre_training_bias: { methods: options.methods ?? 'all' } } }),
      check: (name, problems) => {
        checkData(name, options, problems);
        checkBias(name, options, PRE_TRAINING, problems);
      },
      read: scope => readData(scope, options),
    });
  }

  /**
   * Whether a model treats groups alike.
   *
   * @param options data, labels, groups and model
   */
  public static modelBias(options: ModelBiasCheckOptions): ClarifyCheck {
    return new ClarifyCheck({
      checkType: ClarifyCheckType.MODEL_BIAS,
      modelName: options.modelName,
      modelInstanceType: modelInstanceType(options),
      ...ofData(options, { ...renderBias(options), methods: { post_training_bias: { methods: options.methods ?? 'all' } }, ...renderModel(options) }),
      check: (name, problems) => {
        checkData(name, options, problems);
        checkBias(name, options, POST_TRAINING, problems);
        checkModel(name, options, problems);
      },
      read: scope => readData(scope, options),
    });
  }

  /**
   * How much the features weigh in what a model predicts.
   *
   * @param options data, model and how it is explained
   */
  public static modelExplainability(options: ModelExplainabilityCheckOptions): ClarifyCheck {
    return new ClarifyCheck({
      checkType: ClarifyCheckType.MODEL_EXPLAINABILITY,
      modelName: options.modelName,
      modelInstanceType: modelInstanceType(options),
      ...ofData(options, { methods: options.explanation._render(), ...renderModel(options) }),
      check: (name, problems) => {
        checkData(name, options, problems);
        checkModel(name, options, problems);
        options.explanation._check(`${name}.explanation`, problems);
      },
      read: scope => [...readData(scope, options), ...options.explanation._read(scope)],
    });
  }

  /**
   * What a file of one's own says, for what stands in no option above, or if some of it is only known while the pipeline runs.
   *
   * @see https://docs.aws.amazon.com/sagemaker/latest/dg/clarify-processing-job-configure-analysis.html
   * @param checkType what is measured
   * @param uri S3 URI of the file, called `analysis_config.json`; may be a variable. It names no `model_name`, which SageMaker adds
   * @param options the model that is asked
   */
  public static fromFile(checkType: ClarifyCheckType, uri: string, options: ClarifyFileOptions = {}): ClarifyCheck {
    return new ClarifyCheck({
      checkType,
      uri,
      ...options,
      check: (name, problems) => {
        const asks = checkType !== ClarifyCheckType.DATA_BIAS;
        problems.check(asks === (options.modelName !== undefined), `${name}.modelName must be ${asks ? 'given' : 'left out'} for ${checkType}`);
        checkUri(`${name}.uri`, uri, problems);
      },
      read: scope => readUri(scope, uri),
    });
  }

  private constructor(private readonly analysis: Analysis) {}

  /** @internal */
  public _define(): CheckDefinition {
    const { analysis } = this;
    const { config } = analysis;
    const place = (scope: Construct) =>
      config === undefined ? { uri: analysis.uri!, permissions: [] } : placeConfig(scope, config, analysis.bootstrapKey);
    return {
      checkType: analysis.checkType,
      image: 'clarify',
      dataset: { inputName: 'dataset', localPath: '/opt/ml/processing/input/data', gzipped: analysis.gzipped },
      outputName: 'analysis_result',
      continuous: analysis.continuous,
      modelName: analysis.modelName,
      modelInstanceType: analysis.modelInstanceType,
      environment: {},
      check: (name, problems) => {
        analysis.check(name, problems);
        if (config !== undefined) { checkConfig(name, config, problems); }
      },
      inputs: scope => [{ inputName: 'analysis_config', uri: place(scope).uri, localPath: '/opt/ml/processing/input/config' }],
      permissions: scope => [...place(scope).permissions, ...analysis.read(scope)],
    };
  }
}

/** What the data and the kind of the analysis make of the file. */
function ofData(data: ClarifyDataOptions, analysis: { readonly methods: object }): Pick<Analysis, 'config' | 'gzipped' | 'continuous' | 'bootstrapKey'> {
  return {
    config: { ...renderData(data), ...analysis, methods: { ...analysis.methods, report: { name: 'report', title: 'Analysis Report' } } },
    gzipped: data.gzipped,
    bootstrapKey: data.bootstrapKey,
    continuous: data.dataType === ClarifyDataType.IMAGE,
  };
}
