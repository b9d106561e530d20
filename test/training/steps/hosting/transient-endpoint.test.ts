import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Topic } from 'aws-cdk-lib/aws-sns';
import {
  ConditionStep, FailStep, ForEachStep, IterableItems, JobDefaults, ModelArtifactBucket, PipelineParameter, PipelineStep, ProcessingStep,
  ProcessingStepProps, SageMakerImage, SageMakerPipeline, SageMakerPipelineProps, StepModel, StepRetry, TransientEndpoint,
} from '../../../../src';
import { dependencyCycle, errorOf, expectCompliant, onlyResource, statementFor, statementsOf } from '../../../helper';
import { definitionOf } from '../../definition-of';

const image = SageMakerImage.fromUri('111122223333.dkr.ecr.eu-west-1.amazonaws.com/churn:1.4.2');
const OPEN = JobDefaults.secure({ networkIsolation: false });
const ENDED = ['Succeeded', 'Failed', 'Stopped', 'CompletedWithFailures'];

function fixture(
  tests: number, props: (stack: Stack) => Partial<ProcessingStepProps> = () => ({}), around: (steps: PipelineStep[]) => PipelineStep[] = s => s,
  more: (stack: Stack) => Partial<SageMakerPipelineProps> = () => ({}),
) {
  const stack = new Stack(new App(), 'Stack');
  const artifacts = new ModelArtifactBucket(stack, 'Artifacts');
  const trial = new TransientEndpoint('Trial', { model: StepModel.fromContainer({ image, modelArtifact: 's3://models/m.tar.gz' }), instanceType: 'ml.c5.large', instanceCount: 2 });
  const steps = Array.from({ length: tests }, (_, i) => new ProcessingStep(`Test${i + 1}`, {
    image, arguments: ['--endpoint', trial.endpointName], jobDefaults: OPEN, ...props(stack),
  }));
  trial.testedBy(...steps);
  new SageMakerPipeline(stack, 'Pipeline', { artifacts, steps: around([...trial.steps, ...steps]), ...more(stack) });
  return { stack, template: () => Template.fromStack(stack) };
}

function machineOf(template: Template): any {
  const { DefinitionString } = onlyResource(template, 'AWS::StepFunctions::StateMachine').Properties;
  return JSON.parse(DefinitionString['Fn::Join'][1].map((part: any) => typeof part === 'string' ? part : `<${part.Ref}>`).join(''));
}

function after(step: PipelineStep, other: PipelineStep): PipelineStep {
  step.after(other);
  return step;
}

function testOf(trial: TransientEndpoint): ProcessingStep {
  const test = new ProcessingStep('Test', { image, jobDefaults: OPEN });
  trial.testedBy(test);
  return test;
}

const rulesOf = (template: Template, source: string): any[] => Object.values<any>(template.findResources('AWS::Events::Rule', { Properties: { EventPattern: { source: [source] } } })).map(r => r.Properties);

const NAME = /^stack-pipeline-trial-[0-9a-f]{8}-$/;

test('three steps, whose names no other execution has, and a test that waits for them', () => {
  const { stack } = fixture(1);
  const [model, config, endpoint, test] = definitionOf(stack).Steps;
  const name = { 'Std:Join': { On: '', Values: [expect.stringMatching(NAME), { Get: 'Execution.PipelineExecutionId' }] } };
  expect([model, config, endpoint, test].map(s => s.Name)).toEqual(['Trial-Model', 'Trial-Config', 'Trial-Endpoint', 'Test1']);
  expect(config.Arguments).toMatchObject({
    EndpointConfigName: name,
    ProductionVariants: [{ ModelName: { Get: 'Steps.Trial-Model.ModelName' }, InstanceType: 'ml.c5.large', InitialInstanceCount: 2 }],
  });
  expect(endpoint.Arguments).toEqual({ EndpointName: name, EndpointConfigName: { Get: 'Steps.Trial-Config.EndpointConfigName' } });
  expect(test.Arguments.AppSpecification.ContainerArguments).toEqual(['--endpoint', { Get: 'Steps.Trial-Endpoint.EndpointName' }]);
  expect(test.DependsOn).toEqual(['Trial-Endpoint']);
});

test('is compliant, and nothing waits for itself', () => {
  expect(dependencyCycle(expectCompliant(fixture(1).stack).toJSON())).toBeUndefined();
});

test('the name has 63 characters at most, whatever the construct is called', () => {
  const stack = new Stack(new App(), 'A'.repeat(100));
  const trial = new TransientEndpoint('T'.repeat(50), { model: StepModel.fromContainer({ image }) });
  new SageMakerPipeline(stack, 'P'.repeat(100), { steps: trial.steps });
  const [begin, id] = definitionOf(stack).Steps[2].Arguments.EndpointName['Std:Join'].Values;
  expect(begin).toMatch(/^[a-z0-9-]+-$/);
  expect(begin.length + 12).toBeLessThanOrEqual(63);
  expect(id).toEqual({ Get: 'Execution.PipelineExecutionId' });
});

describe('the deletion starts', () => {
  const ruleOf = (template: Template) => rulesOf(template, 'aws.sagemaker')[0];

  test('when the only test has ended, and when the execution has, however', () => {
    const { EventPattern, Targets } = ruleOf(fixture(1).template());
    expect(EventPattern).toEqual({
      'source': ['aws.sagemaker'],
      'detail-type': ['SageMaker Model Building Pipeline Execution Status Change', 'SageMaker Model Building Pipeline Execution Step Status Change'],
      'detail': {
        pipelineArn: [{ 'equals-ignore-case': { 'Fn::Join': expect.anything() } }],
        $or: [{ currentPipelineExecutionStatus: ENDED }, { stepName: ['Test1'], currentStepStatus: ['Succeeded', 'Failed', 'Stopped'] }],
      },
    });
    expect(Targets).toEqual([{
      Id: 'Deletion',
      Arn: { 'Fn::GetAtt': [expect.stringContaining('TrialDeletionStateMachine'), 'Arn'] },
      RoleArn: expect.anything(),
      RetryPolicy: { MaximumRetryAttempts: 185, MaximumEventAgeInSeconds: 86400 },
      DeadLetterConfig: { Arn: expect.anything() },
    }]);
  });

  test.each([0, 2])('only when the execution has ended, with %p tests', count => {
    const { EventPattern } = ruleOf(fixture(count).template());
    expect(EventPattern['detail-type']).toEqual(['SageMaker Model Building Pipeline Execution Status Change']);
    expect(EventPattern.detail).toEqual({ pipelineArn: expect.anything(), currentPipelineExecutionStatus: ENDED });
  });

  test('of a test that is tried again, not when it has failed, but when the execution has', () => {
    const { EventPattern } = ruleOf(fixture(1, () => ({ retries: [StepRetry.onServiceErrors()] })).template());
    expect(EventPattern.detail.$or[1]).toEqual({ stepName: ['Test1'], currentStepStatus: ['Succeeded', 'Stopped'] });
  });

  test.each<[string, (trial: TransientEndpoint) => PipelineStep]>([
    ['reads the endpoint', trial => new FailStep('Other', { message: trial.endpointName })],
    ['runs the model', trial => new FailStep('Other', { message: trial.modelStep.modelName })],
    ['waits for the endpoint', trial => after(new ProcessingStep('Other', { image }), trial.endpointStep)],
    ['has the test run for each of many items', trial => new ForEachStep('Other', { items: IterableItems.texts('a', 'b'), maxConcurrency: 1, body: [testOf(trial)] })],
  ])('only when the execution has ended, if another step %s', (what, other) => {
    const trial = new TransientEndpoint('Trial', { model: StepModel.fromContainer({ image }) });
    const stack = new Stack(new App(), 'Stack');
    const step = other(trial);
    new SageMakerPipeline(stack, 'Pipeline', { steps: [...trial.steps, ...what.includes('for each') ? [] : [testOf(trial)], step] });
    expect(ruleOf(Template.fromStack(stack)).EventPattern.detail.currentPipelineExecutionStatus).toEqual(ENDED);
  });

  test('only when the execution has ended, if another step comes to wait for the endpoint after the pipeline was made', () => {
    const trial = new TransientEndpoint('Trial', { model: StepModel.fromContainer({ image }) });
    const stack = new Stack(new App(), 'Stack');
    const other = new ProcessingStep('Other', { image });
    new SageMakerPipeline(stack, 'Pipeline', { steps: [...trial.steps, testOf(trial), other] });
    other.after(trial.configStep);
    expect(ruleOf(Template.fromStack(stack)).EventPattern.detail.currentPipelineExecutionStatus).toEqual(ENDED);
  });

  test('with a role that can start it and nothing else', () => {
    const statements = statementsOf(fixture(1).template(), 'PipelineTrialDeletionRuleRolePolicy');
    expect(statements).toEqual([{ Effect: 'Allow', Action: 'states:StartExecution', Resource: { 'Fn::GetAtt': [expect.stringContaining('StateMachine'), 'Arn'] } }]);
  });
});

describe('the state machine', () => {
  const machine = machineOf(fixture(1).template());

  test('ends, and every state can be reached', () => {
    const next = (s: any): string[] => [s, ...s.Choices ?? [], ...s.Catch ?? []].flatMap(x => [x.Next, x.Default]).filter(n => n !== undefined);
    const reached = new Set<string>();
    const visit = (name: string) => {
      if (reached.has(name)) { return; }
      expect(machine.States[name]).toBeDefined();
      reached.add(name);
      next(machine.States[name]).forEach(visit);
    };
    visit(machine.StartAt);
    expect([...reached].sort()).toEqual(Object.keys(machine.States).sort());
    expect(machine.States.Done).toEqual({ Type: 'Succeed' });
    expect(machine.TimeoutSeconds).toBe(10800);
  });

  test('knows the name from the event', () => {
    expect(machine.States.Name.Assign).toEqual({
      execution: '{% $states.input.detail.pipelineExecutionArn %}',
      id: "{% $split($states.input.detail.pipelineExecutionArn, '/')[-1] %}",
      token: 'None',
      name: expect.stringMatching(/^\{% 'stack-pipeline-trial-[0-9a-f]{8}-' & \$split\(\$states\.input\.detail\.pipelineExecutionArn, '\/'\)\[-1\] %\}$/),
    });
  });

  test('looks for each of the three before it deletes it, so that it may run when nothing was made yet', () => {
    const calls = Object.entries<any>(machine.States).filter(([, s]) => s.Type === 'Task').map(([name, s]) => [name, s.Resource.split(':').pop()]);
    expect(calls).toEqual([
      ['FindEndpoint', 'listEndpoints'], ['DeleteEndpoint', 'deleteEndpoint'], ['FindConfig', 'listEndpointConfigs'], ['DeleteConfig', 'deleteEndpointConfig'],
      ['FindModelName', 'listPipelineExecutionSteps'], ['FindModel', 'listModels'], ['DeleteModel', 'deleteModel'],
    ]);
    expect(machine.States.FindEndpoint.Resource).toBe('arn:<AWS::Partition>:states:::aws-sdk:sagemaker:listEndpoints');
    for (const [there, none] of [['EndpointThere', 'FindConfig'], ['ConfigThere', 'FindModelName'], ['ModelThere', 'Done']]) {
      expect(machine.States[there].Choices[0]).toEqual({ Condition: expect.stringMatching(/^\{% \$\w+ = 'None' %\}$/), Next: none });
    }
  });

  test('looks for the step of the model page by page, and for the model by the id of the execution and the ARN', () => {
    const { FindModelName, ModelMade, FindModel } = machine.States;
    expect(FindModelName.Arguments).toBe("{% $merge([{ 'PipelineExecutionArn': $execution, 'MaxResults': 100 }, $token = 'None' ? {} : { 'NextToken': $token }]) %}");
    expect(FindModelName.Assign.token).toMatch(/\? 'None' : \(\$exists\(\$states\.result\.NextToken\) \? \$states\.result\.NextToken : 'None'\) %\}$/);
    expect(ModelMade).toMatchObject({
      Choices: [{ Condition: "{% $model = 'None' and $token = 'None' %}", Next: 'Done' }, { Condition: "{% $model = 'None' %}", Next: 'FindModelName' }], Default: 'FindModel',
    });
    expect(FindModel.Arguments).toEqual({ NameContains: '{% $id %}', MaxResults: 100 });
    expect(FindModel.Assign.model).toContain('$states.result.Models[$lowercase(ModelArn)=$model].ModelName');
  });

  test('waits while an endpoint can not be deleted, and until it is gone', () => {
    const { EndpointThere, DeleteEndpoint, Wait } = machine.States;
    expect(EndpointThere.Choices[1]).toEqual({ Condition: "{% $status in ['InService', 'Failed', 'OutOfService', 'UpdateRollbackFailed'] %}", Next: 'DeleteEndpoint' });
    expect(EndpointThere.Default).toBe('Wait');
    expect(DeleteEndpoint.Next).toBe('Wait');
    expect(Wait).toEqual({ Type: 'Wait', Seconds: 30, Next: 'FindEndpoint' });
  });

  test('looks again if a deletion fails, and tries again if a look does', () => {
    for (const state of Object.values<any>(machine.States).filter(s => s.Type === 'Task')) {
      const deletes = /:delete\w+$/.test(state.Resource);
      expect(state.Catch).toEqual(deletes ? [{ ErrorEquals: ['States.ALL'], Next: 'Wait' }] : undefined);
      expect(state.Retry !== undefined).toBe(!deletes);
    }
  });

  test('may delete what begins with the name, and nothing else', () => {
    const statements = statementsOf(fixture(1).template(), 'PipelineTrialDeletionRolePolicy');
    const place = (action: string) => JSON.stringify(statementFor(statements, action).Resource);
    expect(place('sagemaker:DeleteEndpoint')).toMatch(/:endpoint\/stack-pipeline-trial-[0-9a-f]{8}-\*"/);
    expect(place('sagemaker:DeleteEndpointConfig')).toMatch(/:endpoint-config\/stack-pipeline-trial-[0-9a-f]{8}-\*"/);
    expect(place('sagemaker:DeleteModel')).toMatch(/:model\/pipelines-\*-Trial-Model\*".*:model\/pipelines-\*-trial-model\*"/);
    expect(place('sagemaker:DeleteModel').match(/pipelines-/g)).toHaveLength(2);
    expect(place('sagemaker:ListPipelineExecutionSteps')).toMatch(/:pipeline\/.*\/execution\/\*"/);
    expect(statementFor(statements, 'sagemaker:ListEndpoints').Action).toEqual(['sagemaker:ListEndpointConfigs', 'sagemaker:ListEndpoints', 'sagemaker:ListModels']);
    expect(statements).toHaveLength(5);
  });
});

test.each([
  ['A', ['pipelines-*-A-Model*', 'pipelines-*-a-model*']],
  ['challenger_of_the_day', ['pipelines-*-challenger*of*the*da*']],
  ['_A_b', ['pipelines-*-*A*b-Model*', 'pipelines-*-*a*b-model*']],
  ['challenger_______of_the', ['pipelines-*-challenger*of*']],
  ['a-challenger-of-the-day', ['pipelines-*-a-challenger-of-the-*']],
])('of the models only those of the step may be deleted, as far as names tell: %s', (id, names) => {
  const stack = new Stack(new App(), 'Stack');
  new SageMakerPipeline(stack, 'Pipeline', { steps: new TransientEndpoint(id, { model: StepModel.fromContainer({ image }) }).steps });
  const { Resource } = statementFor(statementsOf(Template.fromStack(stack), `Pipeline${id.replace(/[^A-Za-z]/g, '')}DeletionRolePolicy`), 'sagemaker:DeleteModel');
  expect([Resource].flat().map(r => r['Fn::Join'][1].slice(-1)[0].split('model/')[1])).toEqual(names);
});

describe('a deletion that fails', () => {
  const detail = { stateMachineArn: [{ 'Fn::GetAtt': [expect.stringContaining('TrialDeletionStateMachine'), 'Arn'] }], status: ['FAILED', 'TIMED_OUT', 'ABORTED'] };
  const told = { 'source': ['aws.states'], 'detail-type': ['Step Functions Execution Status Change'], detail };

  test('goes to the queue of the pipeline, which lets the rule in', () => {
    const template = fixture(1).template();
    const [rule, ...others] = rulesOf(template, 'aws.states');
    expect(others).toEqual([]);
    expect(rule).toEqual({
      Description: 'Deletions of test endpoints that fail',
      EventPattern: told,
      Targets: [{ Id: 'DeadLetters', Arn: { 'Fn::GetAtt': [expect.stringContaining('PipelineDeadLetters'), 'Arn'] } }],
    });
    const { Statement } = onlyResource(template, 'AWS::SQS::QueuePolicy').Properties.PolicyDocument;
    const senders = Statement.filter((s: any) => s.Effect === 'Allow').map((s: any) => s.Condition.ArnEquals['aws:SourceArn']['Fn::GetAtt'][0]);
    expect(senders).toContainEqual(expect.stringContaining('TrialDeletionFailedRule'));
  });

  test('is told to who hears of failures of the pipeline', () => {
    const { stack } = fixture(1, undefined, undefined, s => ({ notifications: { onFailure: new Topic(s, 'Topic', { enforceSSL: true, masterKey: new Key(s, 'Key', { enableKeyRotation: true }) }) } }));
    const rules = rulesOf(expectCompliant(stack), 'aws.states');
    expect(rules).toHaveLength(2);
    const { EventPattern, Targets: [target] } = rules.find(r => r.Targets[0].Id === 'Topic');
    expect(EventPattern).toEqual(told);
    expect(target.InputTransformer).toEqual({
      InputPathsMap: { execution: '$.detail.executionArn', status: '$.detail.status', time: '$.time' },
      InputTemplate: '"A deletion ended at <time> as <status>, so a test endpoint may still be there and is billed until somebody deletes it: <execution>"',
    });
  });
});

describe('a test', () => {
  const invokes = (template: Template, policy: string) => statementsOf(template, policy).filter(s => s.Action === 'sagemaker:InvokeEndpoint').map(s => JSON.stringify(s.Resource));

  test('may call the endpoint, by the role of the jobs', () => {
    expect(invokes(fixture(2).template(), 'PipelineJobRolePolicy')).toEqual([expect.stringMatching(/:endpoint\/stack-pipeline-trial-[0-9a-f]{8}-\*"/)]);
  });

  test('or by its own', () => {
    const template = fixture(1, stack => ({ role: new Role(stack, 'Tests', { assumedBy: new ServicePrincipal('sagemaker.amazonaws.com') }) })).template();
    expect(invokes(template, 'PipelinePermissionsOfTests')).toHaveLength(1);
    expect(invokes(template, 'PipelineJobRolePolicy')).toEqual([]);
  });

  test('without a network cannot call it', () => {
    expect(errorOf(() => fixture(1, () => ({ jobDefaults: undefined })))).toBe([
      "SageMakerPipeline at 'Stack/Pipeline' has 1 problem:",
      "  - step 'Test1' cannot call the endpoint of 'Trial', since its job has no network: give it jobDefaults: JobDefaults.secure({ networkIsolation: false })",
    ].join('\n'));
  });
});

test('in a branch it is deleted as well', () => {
  const condition = PipelineParameter.flag('Try', { defaultValue: true }).equalToFlag(true);
  const { template } = fixture(1, undefined, ifSteps => [new ConditionStep('If', { condition, ifSteps })]);
  template().resourceCountIs('AWS::StepFunctions::StateMachine', 1);
});

test('two in one pipeline have names and deletions of their own', () => {
  const stack = new Stack(new App(), 'Stack');
  const trials = ['A', 'B'].map(id => new TransientEndpoint(id, { model: StepModel.fromContainer({ image }) }));
  new SageMakerPipeline(stack, 'Pipeline', { steps: trials.flatMap(t => t.steps) });
  Template.fromStack(stack).resourceCountIs('AWS::StepFunctions::StateMachine', 2);
  Template.fromStack(stack).resourceCountIs('AWS::SQS::Queue', 1);
});
