import { IRole } from 'aws-cdk-lib/aws-iam';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { Construct, IDependable } from 'constructs';
import { PipelineParameter } from './definition/pipeline-parameter';
import { readingsOf } from './definition/placed-step';
import { ReportMetric } from './definition/report-metric';
import { readFile } from './definition/s3-uri';
import { guarded } from './guard-rails/guarded-permissions';
import { PipelineGuardRails } from './guard-rails/pipeline-guard-rails';
import { pipelinePermissions } from './pipeline-permissions';
import { RegisterModelStep } from './steps/models/register-model-step';
import { PipelineStep } from './steps/pipeline-step';
import { StepContext } from './steps/step-context';
import { MlflowTracking } from './tracking/mlflow-tracking';
import { PipelineExperiment } from './tracking/pipeline-experiment';
import { keyThrough } from '../identity/key-permissions';
import { permitRole } from '../identity/permission';
import { Permission } from '../identity/permission-statement';
import { addModelSource } from '../registry/model-sources';
import { BucketPermissions } from '../storage/artifact-bucket-permissions';
import { IModelArtifactBucket } from '../storage/model-artifact-bucket';

/** What decides over the permissions of a pipeline. */
interface PermittedPipeline {
  readonly pipelineName: string;
  readonly artifacts?: IModelArtifactBucket;
  /** Below it lies what steps write for each other. */
  readonly prefix: string;
  /** The same for what expires, if any step writes there. */
  readonly intermediate?: string;
  readonly guardRails?: PipelineGuardRails;
  readonly experiment?: PipelineExperiment;
  readonly mlflow?: MlflowTracking;
  /** All steps, those in branches too. */
  readonly steps: PipelineStep[];
  readonly context: StepContext;
  readonly role: IRole;
  /** Of steps that have none of their own; undefined if no step has a job. */
  readonly jobRole?: IRole;
  /** Keys of jobs, with which they encrypt what they write, whatever the bucket's is. */
  readonly keys: IKey[];
}

/** Each step adds exactly what it needs; returns what must be there before the pipeline runs. */
export function permitPipeline(scope: Construct, pipeline: PermittedPipeline): IDependable[] {
  const { artifacts, prefix, mlflow, steps, context, role, jobRole } = pipeline;
  const own = artifacts && new BucketPermissions(artifacts.bucket, artifacts.encryptionKey);
  const keys = pipeline.keys.filter(key => key.keyArn !== artifacts?.encryptionKey.keyArn);
  const places = pipeline.intermediate === undefined ? [prefix] : [prefix, pipeline.intermediate];
  const keyRead = keys.map(key => keyThrough(key, 's3', 'kms:Decrypt'));
  const read = [...places.flatMap(p => own?.read(p) ?? []), ...keyRead];
  const write = places.flatMap(p => own?.write(p) ?? []);
  const kept = [...own?.read(prefix) ?? [], ...keyRead];
  const needed = steps.map(step => ({ role: step._role ?? jobRole, ...step._permissions(step._own(context)) }));
  const jobRoles = [...new Set([jobRole, ...needed.map(n => n.role)])].filter((r): r is IRole => r !== undefined);
  const readers = (of: IRole) => steps.filter((_, i) => needed[i].role === of && needed[i].job.length > 0);
  const logs = mlflow?._permissions() ?? [];
  const ofJobs = (of: IRole) => [...needed.filter(n => n.role === of).flatMap(n => n.job), ...read, ...write, ...logs];
  registrations(steps).forEach(step => addModelSource(step._registry, () => [...step._run(scope), ...kept]));
  const ofPipeline = [
    ...pipelinePermissions(scope, pipeline.pipelineName, jobRoles, pipeline.experiment), ...needed.flatMap(n => n.pipeline), ...read,
  ];
  return [
    ...permitRole(scope, role, ...guarded(ofPipeline, pipeline.guardRails), () => readMetrics(scope, steps, context)),
    ...jobRoles.flatMap(of => permitRole(scope, of, ...guarded(ofJobs(of), pipeline.guardRails), () => readObjects(readers(of), context))),
    ...needed.flatMap(({ model }) => model === undefined ? [] : permitRole(scope, model.role, ...model.permissions, ...read, ...write)),
  ];
}

/** Files of metrics that no step declares; at synth, since overrides may come late. */
function readMetrics(scope: Construct, steps: PipelineStep[], context: StepContext): Permission[] {
  const used = steps.flatMap(s => readingsOf(s._renderAlone(context))).map(r => r.variable);
  return used.flatMap(v => v instanceof ReportMetric && v._uri !== undefined ? readFile(scope, v._uri) : []);
}

/** The data of an InputObject, wherever a step uses it: its code reads what an argument names, too; at synth, since overrides may come late. */
function readObjects(steps: PipelineStep[], context: StepContext): Permission[] {
  const used = steps.flatMap(s => readingsOf(s._renderAlone(context))).map(r => r.variable);
  return [...new Set(used)].flatMap(v => v instanceof PipelineParameter && v._keyIn !== undefined ? v._keyIn._read() : []);
}

/** The steps that register models. */
export function registrations(steps: PipelineStep[]): RegisterModelStep[] {
  return steps.filter((s): s is RegisterModelStep => s instanceof RegisterModelStep);
}
