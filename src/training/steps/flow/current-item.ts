import { PipelineVariable } from '../../definition/pipeline-variable';

/**
 * The item that an iteration of a ForEachStep is for. Only the steps of its body know it.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/build-and-manage-steps-types.html
 */
export class CurrentItem {
  /** The whole item. */
  public static readonly VALUE = new PipelineVariable('ForEach.CurrentItem');

  /**
   * A field of an item that is a JSON object.
   *
   * @param path name of the field, for example `name`, or `model.name` for a field of a field
   */
  public static field(path: string): PipelineVariable {
    return new PipelineVariable(`ForEach.CurrentItem.${path}`);
  }

  private constructor() {}
}
