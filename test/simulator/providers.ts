import { FakeAws, failure } from './aws';
import { Call, Made, Provider } from './cloudformation';

/** Answers of a custom resource's function. */
export type Invoke = (event: any) => Promise<{ Status: string; Reason?: string; PhysicalResourceId: string }>;

/** Fails the endpoint update after the call was accepted, as if the new instances never came up: the endpoint stays as it was. */
export interface Weather {
  endpointUpdateFails?: boolean;
}

/**
 * Handlers of CloudFormation's resource types over the fake services. Where it is not known how forgiving a handler is, the harsher is taken:
 * updates of targets and policies that are not there fail with NotFound, and a policy that is there already cannot be created.
 */
export function providers(world: FakeAws, invoke: Invoke, weather: Weather): (type: string) => Provider {
  let count = 0;
  const replacing = (create: (call: Call) => Made, remove: (old: Made) => void = () => undefined): Provider => ({
    create: async call => create(call),
    update: async call => create(call),
    delete: async (_, old) => remove(old),
  });
  const plain: Provider = {
    create: async ({ logicalId, properties }) => ({ physicalId: `${logicalId}-${++count}`, properties }),
    update: async ({ properties }, old) => ({ ...old, properties }),
    delete: async () => undefined,
  };
  const config = replacing(({ logicalId, properties }) => {
    const physicalId = `${logicalId}-${++count}`;
    world.configs.set(physicalId, Object.fromEntries(properties.ProductionVariants.map((v: any) => [v.VariantName, v.InstanceType])));
    return { physicalId, properties, attributes: { EndpointConfigName: physicalId } };
  }, old => { world.configs.delete(old.physicalId); });

  const endpoint: Provider = {
    create: async ({ properties }) => {
      world.endpoints.set(properties.EndpointName, properties.EndpointConfigName);
      return { physicalId: `arn:${properties.EndpointName}`, properties, attributes: { EndpointName: properties.EndpointName } };
    },
    update: async ({ properties, rollingBack }, old) => {
      const before = world.endpoints.get(properties.EndpointName)!;
      world.updateEndpoint(properties.EndpointName, properties.EndpointConfigName);
      if (weather.endpointUpdateFails && !rollingBack) {
        world.endpoints.set(properties.EndpointName, before);
        throw new Error('instances did not come up');
      }
      return { ...old, properties };
    },
    delete: async (_, old) => { world.endpoints.delete(old.properties.EndpointName); },
  };

  const putTarget = async (p: any) => {
    const tags = p.Tags && Object.fromEntries(p.Tags.map((t: any) => [t.Key, t.Value]));
    const Tags = world.targets.has(p.ResourceId) ? undefined : tags;
    await world.RegisterScalableTarget({ ...p, Tags });
    const schedules = world.targets.get(p.ResourceId).schedules;
    schedules.clear();
    (p.ScheduledActions ?? []).forEach((s: any) => schedules.set(s.ScheduledActionName, s));
  };
  const target: Provider = {
    create: async ({ properties }) => {
      await putTarget(properties);
      return { physicalId: `${properties.ResourceId}|${properties.ScalableDimension}`, properties };
    },
    update: async ({ properties }, old) => {
      if (!world.targets.has(properties.ResourceId)) { throw failure('NotFound', `target ${properties.ResourceId}`); }
      await putTarget(properties);
      return { ...old, properties };
    },
    delete: async (_, old) => {
      if (world.targets.has(old.properties.ResourceId)) { world.DeregisterScalableTarget(old.properties); }
    },
  };

  const resourceOf = (p: any) => p.ScalingTargetId.split('|')[0];
  const policies = (p: any) => world.targets.get(resourceOf(p))?.policies as Map<string, any> | undefined;
  const policy: Provider = {
    create: async ({ properties }) => {
      if (policies(properties)?.has(properties.PolicyName)) { throw failure('AlreadyExists', 'Scaling Policy Already Exists'); }
      const { PolicyARN } = world.PutScalingPolicy({ ...properties, ResourceId: resourceOf(properties) });
      return { physicalId: PolicyARN, properties, attributes: { Arn: PolicyARN } };
    },
    update: async (call, old) => {
      if (call.properties.PolicyName !== old.properties.PolicyName) { return policy.create(call); }
      if (!policies(call.properties)?.has(call.properties.PolicyName)) { throw failure('NotFound', `policy ${call.properties.PolicyName}`); }
      world.PutScalingPolicy({ ...call.properties, ResourceId: resourceOf(call.properties) });
      return { ...old, properties: call.properties };
    },
    delete: async (_, { properties }) => {
      if (policies(properties)?.has(properties.PolicyName)) { world.deletePolicy(resourceOf(properties), properties.PolicyName); }
    },
  };

  const alarm: Provider = {
    create: async ({ logicalId, properties }) => {
      const AlarmName = `Stack-${logicalId}-${++count}`;
      world.alarms.set(AlarmName, { AlarmActions: [], ...properties, AlarmName });
      return { physicalId: AlarmName, properties };
    },
    update: async ({ properties }, old) => {
      world.alarms.set(old.physicalId, { AlarmActions: [], ...properties, AlarmName: old.physicalId });
      return { ...old, properties };
    },
    delete: async (_, old) => { world.alarms.delete(old.physicalId); },
  };

  const custom = (RequestType: string) => async ({ logicalId, properties }: Call, old?: Made): Promise<Made> => {
    const id = old && { PhysicalResourceId: old.physicalId };
    const before = RequestType === 'Update' ? { OldResourceProperties: old!.properties } : {};
    const answer = await invoke({ RequestType, LogicalResourceId: logicalId, ResourceProperties: properties, RequestId: 'r', StackId: 's', ResponseURL: 'https://answers', ...before, ...id });
    if (answer.Status !== 'SUCCESS') { throw new Error(answer.Reason); }
    return { physicalId: answer.PhysicalResourceId, properties };
  };

  const known: Record<string, Provider> = {
    'AWS::SageMaker::EndpointConfig': config,
    'AWS::SageMaker::Endpoint': endpoint,
    'AWS::ApplicationAutoScaling::ScalableTarget': target,
    'AWS::ApplicationAutoScaling::ScalingPolicy': policy,
    'AWS::CloudWatch::Alarm': alarm,
  };
  return type => known[type] ?? (type.startsWith('Custom::')
    ? { create: custom('Create'), update: custom('Update'), delete: async (call, old) => { await custom('Delete')(call, old); } }
    : plain);
}
