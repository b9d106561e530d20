import { Dataset } from '../../storage/dataset';
import { PipelineParameter } from '../definition/pipeline-parameter';

const BUCKET = 'InputBucket';
const KEY = 'InputKey';

/**
 * The object that starts a pipeline by `PipelineTrigger.onNewData({ passObject: true })`, as its steps see it: the parameters InputBucket and
 * InputKey. EventBridge passes the two and cannot join them, so the pipeline does.
 *
 * @example
 * declare const artifacts: ModelArtifactBucket;
 * declare const image: SageMakerImage;
 *
 * const data = artifacts.dataset('abalone');
 * const object = InputObject.of(data);
 * const prepare = new ProcessingStep('Prepare', { image, inputs: [ProcessingInput.s3('raw', object.uri)], outputs: [ProcessingOutput.of('train')] });
 * new SageMakerPipeline(this, 'Pipeline', { artifacts, steps: [prepare], triggers: [PipelineTrigger.onNewData({ data, passObject: true })] });
 */
export class InputObject {
  /**
   * The object; the whole data set for executions that something else starts. Make it once for each pipeline. The right to read the data, and to use its
   * key, comes along.
   *
   * @param data where the objects are
   */
  public static of(data: Dataset): InputObject {
    const key = PipelineParameter.text(KEY, { defaultValue: data.prefix });
    key._keyIn = data;
    return new InputObject(PipelineParameter.text(BUCKET, { defaultValue: data.bucket.bucketName }), key);
  }

  /**
   * What the event says, by parameter.
   *
   * @internal
   */
  public static _passed(): { [name: string]: string } {
    return { [BUCKET]: '$.detail.bucket.name', [KEY]: '$.detail.object.key' };
  }

  /**
   * The data whose objects the steps of a pipeline with these parameters read: undefined if they take no object, `byHand` if the parameters are none of an
   * InputObject.
   *
   * @internal
   */
  public static _read(parameters: PipelineParameter[]): Dataset | 'byHand' | undefined {
    const [bucket, key] = [BUCKET, KEY].map(name => parameters.find(p => p.parameterName === name));
    return bucket && key && (key._keyIn ?? 'byHand');
  }

  private constructor(
    /** Parameter InputBucket: name of the bucket. */
    public readonly bucketParameter: PipelineParameter,
    /** Parameter InputKey: key of the object. */
    public readonly keyParameter: PipelineParameter,
  ) {}

  /** S3 URI of the object, for the steps of the pipeline. */
  public get uri(): string {
    return `s3://${this.bucketParameter.asString()}/${this.keyParameter.asString()}`;
  }
}
