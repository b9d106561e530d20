import { Duration, Token, Tokenization } from 'aws-cdk-lib';
import { CfnMonitoringSchedule } from 'aws-cdk-lib/aws-sagemaker';
import { before, checkHours, hours } from './hours';
import { Problems } from '../../core/problems';

/** https://docs.aws.amazon.com/sagemaker/latest/dg/model-monitor-schedule-expression.html */
const HOURLY = 'cron(0 * ? * * *)';
const NOW = 'NOW';
const HOUR = '(0?\\d|1\\d|2[0-3])';
const CRON = new RegExp(`^cron\\(0 (\\*|${HOUR}|${HOUR}/(0?[1-9]|1\\d|2[0-4])) \\? \\* \\* \\*\\)$`);
const RULE = `be '${HOURLY}', 'cron(0 <hour> ? * * *)' or 'cron(0 <hour>/<hours> ? * * *)' with an hour of 0 to 23 and 1 to 24 hours between runs`;

/** https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ScheduleConfig.html */
const MAX_WINDOW = 24;
const DAY = 24;

/** The calls that a run looks at, as time before the run. */
interface Window {
  readonly start: Duration;
  readonly end: Duration;
}

/**
 * When a monitor runs: only every hour, every few hours, once a day or once at all. Runs begin up to 20 minutes late.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/model-monitor-schedule-expression.html
 */
export class MonitorSchedule {
  /** At every full hour. */
  public static hourly(): MonitorSchedule {
    return new MonitorSchedule(HOURLY);
  }

  /**
   * Once a day.
   *
   * @param hour the hour, 0 to 23, in UTC
   */
  public static daily(hour: number = 0): MonitorSchedule {
    return new MonitorSchedule(`cron(0 ${text(hour)} ? * * *)`);
  }

  /**
   * Every few hours, counted anew each day.
   *
   * @param hoursBetween hours from one run to the next, 1 to 24
   * @param firstHour hour of the first run of a day, 0 to 23, in UTC
   */
  public static everyHours(hoursBetween: number, firstHour: number = 0): MonitorSchedule {
    return new MonitorSchedule(`cron(0 ${text(firstHour)}/${text(hoursBetween)} ? * * *)`);
  }

  /**
   * Once, as soon as it is deployed.
   *
   * @param start how long before the run the calls begin that it looks at, in whole hours
   * @param end how long before the run they end, in whole hours, at most 24 hours later
   */
  public static once(start: Duration, end: Duration): MonitorSchedule {
    return new MonitorSchedule(NOW, { start, end });
  }

  /**
   * An expression of your own, in one of the forms that SageMaker takes.
   *
   * @param expression for example `cron(0 0/6 ? * * *)`
   */
  public static expression(expression: string): MonitorSchedule {
    return new MonitorSchedule(expression);
  }

  private constructor(private readonly cron: string, private readonly window?: Window) {}

  /**
   * The same times, but each run looks at other calls than those since the last run.
   *
   * @param start how long before the run the calls begin, in whole hours
   * @param end how long before the run they end, in whole hours, at most 24 hours later
   */
  public analyzing(start: Duration, end: Duration): MonitorSchedule {
    return new MonitorSchedule(this.cron, { start, end });
  }

  /** @internal */
  public _check(name: string, problems: Problems): void {
    if (this.cron === NOW) {
      problems.check(this.window !== undefined, `${name} 'NOW' says not which calls are looked at: use MonitorSchedule.once`);
    } else {
      problems.pattern(name, this.cron, CRON, RULE);
    }
    if (this.window === undefined) { return; }
    const { start, end } = this.window;
    checkHours(`${name} start`, start, problems);
    checkHours(`${name} end`, end, problems);
    if (start.isUnresolved() || end.isUnresolved()) { return; }
    problems.range(`${name} start (hours before its end)`, hours(start) - hours(end), 1, MAX_WINDOW);
  }

  /** @internal */
  public _render(): CfnMonitoringSchedule.ScheduleConfigProperty {
    return { scheduleExpression: this.cron, dataAnalysisStartTime: before(this.window?.start), dataAnalysisEndTime: before(this.window?.end) };
  }

  /**
   * Hours from one run to the next, as short as they get; undefined if there is no next one or it is not known.
   *
   * @internal
   */
  public get _shortest(): number | undefined {
    return this.gaps && Math.min(...this.gaps);
  }

  /**
   * Hours from one run to the next, as long as they get; a day if it is not known.
   *
   * @internal
   */
  public get _longest(): number {
    return this.gaps ? Math.max(...this.gaps) : DAY;
  }

  /** The usual time between two runs, and the one from the last run of a day to the first of the next. */
  private get gaps(): number[] | undefined {
    const [, form, , first, step] = CRON.exec(this.cron) ?? [];
    if (form === undefined) { return undefined; }
    if (form === '*') { return [1]; }
    if (step === undefined) { return [DAY]; }
    const [a, b] = [Number(first), Number(step)];
    const last = a + b * Math.floor((DAY - 1 - a) / b);
    return last === a ? [DAY] : [b, DAY - last + a];
  }
}

/** What is no whole number stays as it is, for the check to find. */
function text(hour: number): string {
  return Token.isUnresolved(hour) ? Tokenization.stringifyNumber(hour) : `${hour}`;
}
