import { listOf } from './rule';
import { flatten } from '../rule-ids';
import { allSteps } from '../step-branches';

/** Settings of the jobs of one step, as their requests name them; a step of several trainings has several of each. */
export interface StepJobs {
  readonly stepName: string;
  readonly type: string;
  readonly roleArn?: unknown;
  /** Only of steps whose containers can be cut off. */
  readonly isolation: unknown[];
  readonly clusters: { readonly instanceType?: unknown; readonly instanceCount?: unknown; readonly key?: unknown }[];
  /** Encryption of the traffic between instances, one for each cluster; of steps that know it. */
  readonly traffic: unknown[];
  /** Keys of what is written to S3. */
  readonly outputs: unknown[];
}

type Settings = Pick<StepJobs, 'isolation' | 'clusters' | 'traffic' | 'outputs'>;

/** All steps of a rendered pipeline, those of branches and loops included; none where the definition cannot be read before deployment. */
export function stepsOf(pipeline: any): any[] {
  return allSteps(definitionOf(pipeline.PipelineDefinition)).map(f => f.step);
}

/** Steps with jobs that SageMaker runs for them; a parameter stands for its default, or for all that it allows. */
export function jobsOf(pipeline: any): StepJobs[] {
  const parameters = new Map(listOf(definitionOf(pipeline.PipelineDefinition)?.Parameters).map(p => [`Parameters.${p?.Name}`, p?.DefaultValue ?? p?.EnumValues]));
  const settled = (value: unknown) => parameters.get((value as any)?.Get) ?? value;
  return stepsOf(pipeline).flatMap(step => {
    const settings = SETTINGS[step.Type]?.(step.Arguments ?? {});
    if (settings === undefined) { return []; }
    const clusters = settings.clusters.map(c => ({ ...c, instanceType: settled(c.instanceType), instanceCount: settled(c.instanceCount) }));
    return [{ stepName: String(step.Name), type: step.Type, roleArn: step.Arguments?.RoleArn, ...settings, clusters }];
  });
}

const SETTINGS: Record<string, (request: any) => Settings> = {
  Training: training,
  Tuning: request => [...listOf(request.TrainingJobDefinition), ...listOf(request.TrainingJobDefinitions)].map(training).reduce(merged, NONE),
  Processing: processing,
  QualityCheck: processing,
  ClarifyCheck: processing,
  Transform: request => {
    const { InstanceType, VolumeKmsKeyId } = request.TransformResources ?? {};
    return { ...NONE, clusters: [{ instanceType: InstanceType, key: VolumeKmsKeyId }], outputs: [request.TransformOutput?.KmsKeyId] };
  },
  AutoML: request => {
    const { VolumeKmsKeyId } = request.SecurityConfig ?? request.AutoMLJobConfig?.SecurityConfig ?? {};
    return { ...NONE, clusters: [{ key: VolumeKmsKeyId }], outputs: [request.OutputDataConfig?.KmsKeyId] };
  },
  Model: request => ({ ...NONE, isolation: [request.EnableNetworkIsolation] }),
};

const NONE: Settings = { isolation: [], clusters: [], traffic: [], outputs: [] };

function training(request: any): Settings {
  const resources = request.ResourceConfig ?? request.HyperParameterTuningResourceConfig ?? {};
  const groups = listOf(resources.InstanceGroups ?? resources.InstanceConfigs ?? resources);
  const count = (group: any) => resources.InstanceGroups?.length > 1 ? resources.InstanceGroups.length : group.InstanceCount;
  return {
    isolation: [request.EnableNetworkIsolation],
    clusters: groups.map(g => ({ instanceType: g.InstanceType, instanceCount: count(g), key: resources.VolumeKmsKeyId })),
    traffic: groups.map(() => request.EnableInterContainerTrafficEncryption),
    outputs: [request.OutputDataConfig?.KmsKeyId],
  };
}

function processing(request: any): Settings {
  const { InstanceType, InstanceCount, VolumeKmsKeyId } = request.ProcessingResources?.ClusterConfig ?? {};
  const network = request.NetworkConfig ?? {};
  const written = listOf(request.ProcessingOutputConfig?.Outputs).some(o => o?.S3Output !== undefined);
  return {
    isolation: [network.EnableNetworkIsolation],
    clusters: [{ instanceType: InstanceType, instanceCount: InstanceCount, key: VolumeKmsKeyId }],
    traffic: [network.EnableInterContainerTrafficEncryption],
    outputs: written ? [request.ProcessingOutputConfig.KmsKeyId] : [],
  };
}

function merged(a: Settings, b: Settings): Settings {
  return {
    isolation: [...a.isolation, ...b.isolation],
    clusters: [...a.clusters, ...b.clusters],
    traffic: [...a.traffic, ...b.traffic],
    outputs: [...a.outputs, ...b.outputs],
  };
}

/** The same body is asked for by several rules, one after the other. */
let last: { readonly body: unknown; readonly definition: any } | undefined;

function definitionOf(definition: any): any {
  const body = definition?.PipelineDefinitionBody;
  if (last?.body !== body || body === undefined) { last = { body, definition: parsed(body) }; }
  return last!.definition;
}

function parsed(body: any): any {
  try {
    return typeof body === 'string' || body?.['Fn::Join'] || body?.['Fn::Sub'] ? JSON.parse(textOf(body)) : body;
  } catch {
    return undefined; // put together at deployment in a way that nobody can follow
  }
}

/** What CloudFormation fills in stands inside strings of JSON, as `<Name>`. */
function textOf(body: any): string {
  const parts: any[] = body['Fn::Join'] ? body['Fn::Join'][1] : [listOf(body['Fn::Sub'] ?? body)[0]];
  return parts.map(p => typeof p === 'string' ? p : JSON.stringify(flatten(p)).slice(1, -1)).join('');
}
