import { HostingKind } from './hosting-kind';
import { RealTimeHostingOptions, realTimeHosting } from './real-time-hosting';

/**
 * How models are hosted. Each kind takes only what it can do.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/deploy-model-options.html
 */
export class Hosting {
  /**
   * Instances that answer at once and run, and cost, all the time.
   *
   * @param props model and instances
   */
  public static realTime(props: RealTimeHostingOptions): Hosting {
    return new Hosting(realTimeHosting(props));
  }

  private constructor(
    /** @internal */
    public readonly _kind: HostingKind,
  ) {}
}
