import { PipelineVariable } from '../../definition/pipeline-variable';

/**
 * Whether a check does something: always, never, or as a parameter says.
 */
export class CheckSwitch {
  /** It does. */
  public static on(): CheckSwitch {
    return new CheckSwitch(true);
  }

  /** It does not. */
  public static off(): CheckSwitch {
    return new CheckSwitch(false);
  }

  /**
   * It does if a variable is true while the pipeline runs.
   *
   * @param variable usually a `PipelineParameter.flag`
   */
  public static when(variable: PipelineVariable): CheckSwitch {
    return new CheckSwitch(variable);
  }

  private constructor(
    /** @internal */
    public readonly _value: boolean | PipelineVariable,
  ) {}
}
