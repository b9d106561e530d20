import { Tokenization } from 'aws-cdk-lib';
import { CfnAlarm, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { AlarmedMonitor, MonitorDefinition } from './monitor-definition';
import type { MonitorMetric } from './monitor-metric';
import { Problems } from '../../core/problems';

/**
 * A run publishes its numbers late, and dates them back to the beginning of the time that it looked at: the last full period may still be empty, and
 * what the run found stands in the one before.
 */
const PERIODS = 3;

/**
 * An alarm on what a monitor finds.
 */
export class MonitorAlarm {
  /** @internal */
  constructor(private readonly metric: MonitorMetric, private readonly direction: 'Above' | 'Below', private readonly threshold: number) {}

  /** @internal */
  public get _id(): string {
    return `${this.direction}-${this.metric._key}`;
  }

  /** @internal */
  public _check(name: string, problems: Problems, definition: MonitorDefinition, ownImage: boolean): void {
    this.metric._check(name, problems, definition, ownImage);
  }

  /** @internal */
  public _make(scope: Construct, { endpointName, scheduleName, period, actions }: AlarmedMonitor): CfnAlarm {
    const above = this.direction === 'Above';
    const { namespace, metricName, dimensions }: Metric = this.metric._metric(endpointName, scheduleName);
    const limit = `${this.direction.toLowerCase()} ${Tokenization.stringifyNumber(this.threshold)}`;
    return new CfnAlarm(scope, this._id, {
      alarmDescription: `The monitor ${scheduleName} of the endpoint ${endpointName} finds ${metricName} ${limit}`,
      namespace,
      metricName,
      period,
      dimensions: Object.entries(dimensions!).map(([name, value]) => ({ name, value: String(value) })),
      statistic: above ? 'Maximum' : 'Minimum',
      comparisonOperator: above ? 'GreaterThanThreshold' : 'LessThanThreshold',
      threshold: this.threshold,
      datapointsToAlarm: 1,
      evaluationPeriods: PERIODS,
      treatMissingData: 'notBreaching',
      alarmActions: actions,
    });
  }
}
