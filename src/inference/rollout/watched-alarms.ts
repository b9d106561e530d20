import { CfnResource, IResolvable, Lazy, Validations } from 'aws-cdk-lib';
import { CfnAlarm, IAlarmRef } from 'aws-cdk-lib/aws-cloudwatch';
import { CfnEndpoint } from 'aws-cdk-lib/aws-sagemaker';
import { Construct, IConstruct } from 'constructs';
import { checkAlarm } from './rollback-settings';
import { accept } from '../../compliance/excuses';
import { Problems } from '../../core/problems';
import { Permission } from '../../identity/permission-statement';

/** https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_AutoRollbackConfig.html */
export const MAX_ALARMS = 10;

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DescribeAlarms.html */
const COMPOSITE_REASON = 'cloudwatch:DescribeAlarms shows composite alarms only to whoever may describe all alarms.';

/** The alarms that roll an update of one endpoint back: those of the library and those of the program, also when they are added later. */
export class WatchedAlarms {
  private readonly alarms: IAlarmRef[];
  private allowed?: Permission[];

  constructor(private readonly scope: Construct, standard: CfnAlarm[], given: IAlarmRef[]) {
    const room = Math.max(0, MAX_ALARMS - given.length);
    const left = standard.slice(room); // of an endpoint with many inference components, mostly
    if (left.length > 0) {
      Validations.of(scope).addWarning('cdk-ml-patterns:alarmsNotWatched',
        `At most ${MAX_ALARMS} alarms roll an update of an endpoint back, so these are not among them: ${left.map(a => a.node.id).join(', ')}.`);
    }
    this.alarms = [...standard.slice(0, room), ...given];
    given.forEach(alarm => warnOfComposite(scope, alarm));
  }

  public add(alarm: IAlarmRef): void {
    const problems = new Problems();
    checkAlarm('alarm', alarm, problems, this.scope);
    problems.check(this.alarms.length < MAX_ALARMS, `at most ${MAX_ALARMS} alarms can roll an update back, and there are ${this.alarms.length}`);
    problems.throwIfAny(this.scope);
    this.alarms.push(alarm);
    this.allowed = undefined;
    warnOfComposite(this.scope, alarm);
  }

  /** Left out as long as there are none, since SageMaker takes no empty list. */
  public render(): IResolvable {
    const produce = (): CfnEndpoint.AutoRollbackConfigProperty | undefined =>
      this.alarms.length === 0 ? undefined : { alarms: this.alarms.map(a => ({ alarmName: a.alarmRef.alarmName })) };
    return Lazy.any({ produce });
  }

  /** Without it SageMaker cannot see whether an alarm goes off. https://docs.aws.amazon.com/sagemaker/latest/dg/deployment-guardrails-configuration.html */
  public permissions(): Permission[] {
    return this.allowed ??= this.allow();
  }

  private allow(): Permission[] {
    if (this.alarms.length === 0) { return []; }
    const actions = ['cloudwatch:DescribeAlarms'];
    if (this.alarms.some(isComposite)) { return [{ actions, resources: ['*'], reason: COMPOSITE_REASON }]; }
    return [{ actions, resources: [...new Set(this.alarms.map(a => a.alarmRef.alarmArn))] }];
  }
}

/** As far as the app makes it: the ARN of an import does not tell. */
function isComposite(alarm: IConstruct): boolean {
  const resource = alarm.node.defaultChild;
  return CfnResource.isCfnResource(resource) && resource.cfnResourceType === 'AWS::CloudWatch::CompositeAlarm';
}

function warnOfComposite(scope: Construct, alarm: IAlarmRef): void {
  if (!isComposite(alarm)) { return; }
  accept(scope, 'unknownNames', [{ rule: 'ML-IAM1[cloudwatch:DescribeAlarms]', reason: COMPOSITE_REASON }]);
  Validations.of(scope).addWarning('cdk-ml-patterns:compositeAlarm',
    `Nothing says that SageMaker looks at composite alarms, as '${alarm.node.path}' is one, and to see one the role must be allowed to describe all alarms: name the alarms that it is made of.`);
}
