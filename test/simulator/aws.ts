/**
 * SageMaker hosting, Application Auto Scaling, CloudWatch alarms and one parameter, as far as they meet when the instance type of a scaled
 * variant changes. What it takes for granted, and from where:
 *
 *  - UpdateEndpoint fails if it changes the instance type of, or removes, a registered variant. [SageMaker guide, endpoint-scaling-update]
 *  - DeregisterScalableTarget deletes policies and scheduled actions; it fails with ObjectNotFoundException if there is no target. [API]
 *  - The alarms of a deleted step policy stay, without the action. [API DeleteScalingPolicy; spinnaker/spinnaker#3733]
 *  - Policies and scheduled actions need a target; PutScalingPolicy and RegisterScalableTarget are upserts. [API]
 *  - Only one target tracking policy of a target may follow the same metric. [cdklabs/cdk-ecs-service-extensions#35]
 *  - Tags are taken with a new target only. [hashicorp/terraform-provider-aws#31839]
 *  - Policies may have other ARNs after the target was registered anew: not known, so tests play both (`sameArns`).
 */
export class FakeAws {
  public readonly configs = new Map<string, Record<string, string>>();
  public readonly endpoints = new Map<string, string>();
  public readonly targets = new Map<string, any>();
  public readonly alarms = new Map<string, any>();
  public readonly calls: string[] = [];
  public parameter = '{}';
  private registrations = 0;
  /** Called before each operation; throws what AWS would. */
  public inject?: (operation: string, input: any) => void;

  constructor(private readonly sameArns = false) {}

  public async aws(operation: string, input: any): Promise<any> {
    this.calls.push(operation);
    this.inject?.(operation, input);
    return (this as any)[operation](input);
  }

  public updateEndpoint(name: string, config: string): void {
    const old = this.configs.get(this.endpoints.get(name)!)!;
    const now = this.configs.get(config)!;
    for (const [variant, type] of Object.entries(old)) {
      if (this.targets.has(`endpoint/${name}/variant/${variant}`) && now[variant] !== type) {
        throw failure('ValidationException', `variant ${variant} is registered as a scalable target and changes`);
      }
    }
    this.endpoints.set(name, config);
  }

  public typesOf(endpoint: string): Record<string, string> {
    return this.configs.get(this.endpoints.get(endpoint)!)!;
  }

  public DescribeEndpoint({ EndpointName }: any) {
    if (!this.endpoints.has(EndpointName)) { throw failure('ValidationException', 'Could not find endpoint'); }
    return { EndpointName };
  }

  public RegisterScalableTarget({ ResourceId, MinCapacity, MaxCapacity, SuspendedState, Tags }: any) {
    const [, endpoint, , variant] = ResourceId.split('/');
    if (this.typesOf(endpoint)?.[variant] === undefined) { throw failure('ValidationException', `no such variant: ${ResourceId}`); }
    const old = this.targets.get(ResourceId);
    if (old !== undefined && Tags !== undefined) { throw failure('ValidationException', 'The scalable target that you tried to tag already exists.'); }
    const uuid = old?.uuid ?? (this.sameArns ? 'same' : `uuid${++this.registrations}`);
    this.targets.set(ResourceId, { policies: new Map(), schedules: new Map(), Tags, SuspendedState, ...old, uuid, MinCapacity, MaxCapacity });
    return {};
  }

  public DeregisterScalableTarget({ ResourceId }: any) {
    const target = this.target(ResourceId);
    [...target.policies.keys()].forEach(name => this.deletePolicy(ResourceId, name));
    this.targets.delete(ResourceId);
    return {};
  }

  public DescribeScalableTargets({ ResourceIds: [id] }: any) {
    const target = this.targets.get(id);
    if (target === undefined) { return { ScalableTargets: [] }; }
    const { MinCapacity, MaxCapacity, SuspendedState, uuid } = target;
    return { ScalableTargets: [{ ResourceId: id, MinCapacity, MaxCapacity, SuspendedState, ScalableTargetARN: `arn:target/${uuid}`, CreationTime: new Date(0) }] };
  }

  public ListTagsForResource({ ResourceARN }: any) {
    return { Tags: { 'aws:own': 'x', ...[...this.targets.values()].find(t => `arn:target/${t.uuid}` === ResourceARN)?.Tags } };
  }

  /** One on a page, to have pages. */
  public DescribeScalingPolicies({ ResourceId, NextToken = '0' }: any) {
    const all = [...this.targets.get(ResourceId)?.policies.values() ?? []];
    const i = Number(NextToken);
    const alarmsOf = (arn: string) => [...this.alarms.values()].filter(a => a.AlarmActions.includes(arn)).map(a => ({ AlarmName: a.AlarmName, AlarmARN: '' }));
    const own = [{ AlarmName: 'TargetTracking-x' }];
    return {
      ScalingPolicies: all.slice(i, i + 1).map(p => ({ ...p, Alarms: p.PolicyType === 'StepScaling' ? alarmsOf(p.PolicyARN) : own })),
      NextToken: i + 1 < all.length ? `${i + 1}` : undefined,
    };
  }

  public DescribeScheduledActions({ ResourceId }: any) {
    return { ScheduledActions: [...this.targets.get(ResourceId)?.schedules.values() ?? []] };
  }

  public PutScalingPolicy({ ResourceId, PolicyName, PolicyType, ...input }: any) {
    const target = this.target(ResourceId);
    const metric = (p: any) => JSON.stringify(p.TargetTrackingScalingPolicyConfiguration?.PredefinedMetricSpecification);
    const same = [...target.policies.values()].some(p => p.PolicyName !== PolicyName && metric(p) !== undefined && metric(p) === metric(input));
    if (same) { throw failure('ValidationException', 'Only one TargetTrackingScaling policy for a given metric specification is allowed.'); }
    const PolicyARN = `arn:aws:autoscaling:eu-west-1:111122223333:scalingPolicy:${target.uuid}:resource/sagemaker/${ResourceId}:policyName/${PolicyName}`;
    const { TargetTrackingScalingPolicyConfiguration, StepScalingPolicyConfiguration } = input;
    const settings = { TargetTrackingScalingPolicyConfiguration, StepScalingPolicyConfiguration };
    target.policies.set(PolicyName, { PolicyARN, PolicyName, PolicyType, ...settings, CreationTime: new Date(0) });
    return { PolicyARN };
  }

  public PutScheduledAction({ ResourceId, ScheduledActionName, Schedule, Timezone, StartTime, EndTime, ScalableTargetAction }: any) {
    for (const time of [StartTime, EndTime]) {
      if (time !== undefined && !(time instanceof Date)) { throw new TypeError('a time must be a Date'); }
    }
    this.target(ResourceId).schedules.set(ScheduledActionName, { ScheduledActionName, Schedule, Timezone, StartTime, EndTime, ScalableTargetAction });
    return {};
  }

  public DescribeAlarms({ AlarmNames }: any) {
    return { MetricAlarms: AlarmNames.filter((n: string) => this.alarms.has(n)).map((n: string) => ({ ...this.alarms.get(n), StateValue: 'OK', AlarmArn: 'arn' })) };
  }

  public PutMetricAlarm(alarm: any) {
    if ('StateValue' in alarm || 'AlarmArn' in alarm) { throw new TypeError('no input of PutMetricAlarm'); }
    this.alarms.set(alarm.AlarmName, alarm);
    return {};
  }

  public GetParameter() {
    return { Parameter: { Value: this.parameter } };
  }

  public PutParameter({ Value }: any) {
    if (Value.length > 8192) { throw failure('ValidationException', 'too long'); }
    this.parameter = Value;
    return {};
  }

  public deletePolicy(ResourceId: string, name: string): void {
    const arn = this.target(ResourceId).policies.get(name).PolicyARN;
    this.targets.get(ResourceId).policies.delete(name);
    for (const alarm of this.alarms.values()) {
      this.alarms.set(alarm.AlarmName, { ...alarm, AlarmActions: alarm.AlarmActions.filter((a: string) => a !== arn) });
    }
  }

  private target(id: string): any {
    if (!this.targets.has(id)) { throw failure('ObjectNotFoundException', `No scalable target registered for ${id}`); }
    return this.targets.get(id);
  }
}

/** An error as the SDK throws it. */
export function failure(name: string, message = name): Error {
  return Object.assign(new Error(message), { name });
}
