import { CfnEndpointConfig } from 'aws-cdk-lib/aws-sagemaker';
import { Problems } from '../../core/problems';
import { Override } from '../overrides';

/** https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_PrefixAwareRoutingConfig.html */
const MIN_PREFIX = 1024;
const MAX_PREFIX = 65_536;
const MAX_CONCURRENCY = 1024;

/**
 * Routing of requests that begin alike to the same instance.
 */
export interface PrefixAwareRoutingOptions {
  /** Bytes from the beginning of a request that are compared, 1024 to 65,536; characters of the messages where the API of OpenAI is spoken. */
  readonly prefixLength: number;

  /** Open requests of an instance, 1 to 1024, from which on another one gets the next request. */
  readonly concurrencyThreshold: number;
}

/**
 * Which instance of a variant gets a request.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ProductionVariantRoutingConfig.html
 */
export class RoutingStrategy {
  /** The instance with the fewest open requests. */
  public static readonly LEAST_OUTSTANDING_REQUESTS = new RoutingStrategy('LEAST_OUTSTANDING_REQUESTS');

  /** Any instance. */
  public static readonly RANDOM = new RoutingStrategy('RANDOM');

  /**
   * The instance that answered a request with the same beginning, as prompts have it, so that its cache serves again.
   *
   * @param options how long the beginning is, and how many open requests are too many
   */
  public static prefixAware(options: PrefixAwareRoutingOptions): RoutingStrategy {
    return new RoutingStrategy('PREFIX_AWARE', options);
  }

  private constructor(private readonly strategy: string, private readonly options?: PrefixAwareRoutingOptions) {}

  /** @internal */
  public _check(name: string, problems: Problems): void {
    problems.integer(`${name}.prefixLength`, this.options?.prefixLength, MIN_PREFIX, MAX_PREFIX);
    problems.integer(`${name}.concurrencyThreshold`, this.options?.concurrencyThreshold, 1, MAX_CONCURRENCY);
  }

  /** @internal */
  public _render(): CfnEndpointConfig.RoutingConfigProperty {
    return { routingStrategy: this.strategy };
  }

  /**
   * What CDK does not know yet.
   *
   * @internal
   */
  public _overrides(): Override[] {
    if (this.options === undefined) { return []; }
    const { prefixLength, concurrencyThreshold } = this.options;
    return [{ path: 'RoutingConfig.PrefixAwareRoutingConfig', value: { PrefixLength: prefixLength, ConcurrencyThreshold: concurrencyThreshold } }];
  }
}
