import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { CURRENTLY_RECOMMENDED_FLAGS } from 'aws-cdk-lib/cx-api';
import { Construct } from 'constructs';
import * as library from '../../src';
import { ModelRegistry, PipelineStep } from '../../src';
import { ENDPOINT_KINDS, fullestEndpoint } from '../fullest/endpoints';
import { everyStep, fullestPipeline, fullestTraining } from '../fullest/pipelines';
import { fullestBatch, fullestBucket, fullestRepo } from '../fullest/storage';
import { dependencyCycle, openFindings, recordsOf, stackFixture } from '../helper';

const PACKS = 'MlSecurity,AwsSolutions,HIPAA.Security,NIST.800.53.R4,NIST.800.53.R5,PCI.DSS.321,Serverless';
const ENVIRONMENT = { env: { account: '111122223333', region: 'eu-west-1' } };

beforeEach(() => { jest.spyOn(console, 'error').mockReturnValue(); }); // with the flags CDK prints a report of warnings

/** With everything that they take. */
const FORMS: Record<string, (stack: Stack) => unknown> = {
  ...Object.fromEntries(ENDPOINT_KINDS.map(kind => [`endpoint, ${kind}`, (stack: Stack) => fullestEndpoint(stack, kind)])),
  'bucket': fullestBucket,
  'repository': fullestRepo,
  'batch transform and registry': fullestBatch,
  'pipeline of every step and trigger': fullestPipeline,
  'training pipeline': fullestTraining,
};

function made(form: string, context: Record<string, unknown>): Stack {
  const { stack } = stackFixture({ stack: ENVIRONMENT, context: { ...context, 'cdk-ml-patterns:compliance': 'report', 'cdk-ml-patterns:compliancePacks': PACKS } });
  FORMS[form](stack);
  return stack;
}

describe.each([['no feature flag', {}], ['all flags that CDK recommends', CURRENTLY_RECOMMENDED_FLAGS]])('under %s', (_, flags) => {
  test.each(Object.keys(FORMS))('the fullest %s leaves nothing open in any pack, and has no circle', form => {
    const stack = made(form, flags);
    expect(dependencyCycle(Template.fromStack(stack).toJSON())).toBeUndefined();
    expect(new Set(recordsOf(stack).flatMap(r => r.packs.map(p => p.pack))).size).toBe(7);
    expect(openFindings(stack).map(f => `${f.rule} at ${f.path}`)).toEqual([]);
  });
});

/** The classes of the library that are made with `new`, by the class that they come from. */
function classes(base: abstract new (...args: any[]) => object): string[] {
  return Object.values(library).filter((c: any) => typeof c === 'function' && c.prototype instanceof base).map((c: any) => c.name);
}

test('no step and no construct is left out', () => {
  const abstract = ['JobStep', 'ExternalStep', 'CheckStep', 'InferenceEndpointBase', 'ModelRegistryBase'];
  const { stack } = stackFixture({ stack: ENVIRONMENT });
  const inside = (steps: PipelineStep[]): PipelineStep[] => steps.flatMap(s => [s, ...inside(s._branches().flatMap(b => b.steps))]);
  const steps = new Set(inside(everyStep(stack, new ModelRegistry(stack, 'Models'))).map(s => s.constructor.name));
  expect(classes(PipelineStep).filter(c => !steps.has(c) && !abstract.includes(c))).toEqual([]);
  const constructs = new Set(Object.keys(FORMS).flatMap(form => made(form, {}).node.findAll()).map(c => c.constructor.name));
  expect(classes(Construct).filter(c => !constructs.has(c) && !abstract.includes(c))).toEqual([]);
});

/** Why policies of the library hold wildcards, names in quotes left out. A new one has to be written down here. */
const WILDCARDS = [
  'A scalable target has an id that nobody knows before it is registered.',
  'AWS does not say how the rule is called by which SageMaker hears of the end of a job run.',
  'AWS does not tell the repositories of Autopilot; the condition leaves out those of this account.',
  'Application Auto Scaling checks with alarms of its own naming whether who puts a policy may make them.',
  'Application Auto Scaling knows no resources for reading its targets.',
  'Autopilot makes models and endpoints to explain its candidates, and names them by itself.',
  'Clarify names the endpoint that it makes for a run, and its configuration.',
  'CloudFormation names endpoint configurations.',
  'Describing resources of EC2 knows no resources.',
  'Each job has a name of its own, which is not known before it starts.',
  "Object keys below '…' are not known before they are written.",
  'S3 replicates objects whose keys are not known before they are written.',
  'SageMaker gives artifacts ids of its own, and names in variables are only known while the pipeline runs.',
  'SageMaker names AutoML jobs of pipelines after the execution, but cuts the name to 32 characters in a way that it does not tell.',
  "SageMaker names the jobs of pipelines '…'.",
  'SageMaker names the jobs of pipelines.',
  "SageMaker names the models of pipelines '…'.",
  'SageMaker names trials and their components after executions, which are not known at synth.',
  'SageMaker names tuning jobs of pipelines, and their training jobs, itself.',
  'The id of a cluster is not known before it is made.',
  'The ids of job runs are not known before they start.',
  'The ids of network interfaces are not known before they are made.',
  'The keys of the objects are not known before a job reads or writes them.',
  'The names of log streams and of the endpoints of Autopilot are not known before SageMaker makes them.',
  'The names of log streams are not known before SageMaker makes them.',
  'The numbers of model versions are not known before they are registered.',
  'The rest of the name is only known while the pipeline runs.',
  'What stands for * is only known while the pipeline runs.',
  'Where a model is made, it is not known which transform jobs and endpoints run it.',
  'Which tables a query reads is not known at synth, nor what SageMaker calls the one that it writes.',
  'cloudwatch:PutMetricData knows no resources; the condition names the namespace.',
  'cloudwatch:PutMetricData knows no resources; the condition names the namespaces.',
  'ecr:GetAuthorizationToken knows no resources; what may be pulled is decided by the statement on the repository.',
  'sagemaker:ListModelPackages knows no resources.',
];

test('no wildcard of a policy has another reason', () => {
  const found = Object.keys(FORMS).flatMap(form => {
    const stack = made(form, {});
    Template.fromStack(stack);
    return recordsOf(stack).flatMap(r => r.packs).flatMap(p => p.findings).filter(f => f.rule.startsWith('AwsSolutions-IAM5'));
  });
  const reasons = found.flatMap(f => `${f.reason}`.replace(/'[^']*'/g, "'…'").split(/(?<=\.) /));
  expect([...new Set(reasons)].sort()).toEqual(WILDCARDS);
});
