import { AsynchronousHosting } from './asynchronous-hosting';
import { AsynchronousHostingOptions } from './asynchronous-hosting-options';
import { ComponentsHosting } from './components-hosting';
import { ComponentsHostingOptions } from './components-hosting-options';
import { HostingKind } from './hosting-kind';
import { RealTimeHosting } from './real-time-hosting';
import { RealTimeHostingOptions } from './real-time-hosting-options';
import { ServerlessHosting } from './serverless-hosting';
import { ServerlessHostingOptions } from './serverless-hosting-options';

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
    return new Hosting(new RealTimeHosting(props));
  }

  /**
   * A model that runs, and costs, only while it answers; the first answer after a pause takes longer.
   *
   * @param props model, memory and concurrency
   */
  public static serverless(props: ServerlessHostingOptions): Hosting {
    return new Hosting(new ServerlessHosting(props));
  }

  /**
   * A queue of requests in front of instances, which stop when it is empty; answers go to S3.
   *
   * @param props model, places in S3, topics and instances
   */
  public static asynchronous(props: AsynchronousHostingOptions): Hosting {
    return new Hosting(new AsynchronousHosting(props));
  }

  /**
   * Several models in copies on the same instances, each scaled by itself, to zero if asked for.
   *
   * @param props components and instances
   */
  public static components(props: ComponentsHostingOptions): Hosting {
    return new Hosting(new ComponentsHosting(props));
  }

  private constructor(
    /** @internal */
    public readonly _kind: HostingKind,
  ) {}
}
