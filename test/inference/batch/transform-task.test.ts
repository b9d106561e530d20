import { Stack } from 'aws-cdk-lib';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { DefinitionBody, IntegrationPattern, JsonPath, QueryLanguage, StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import {
  ArtifactPrefix, BatchInput, BatchTransform, BatchTransformProps, BatchTransformTaskOptions, InferenceModel, ModelArtifactBucket,
  S3Prefix, SageMakerImage,
} from '../../../src';
import { dependencyCycle, errorOf, onlyResource, stackFixture, statementsOf } from '../../helper';

const MODEL = InferenceModel.fromContainer({ image: SageMakerImage.fromUri('111122223333.dkr.ecr.eu-west-1.amazonaws.com/churn:1.4.2') });

function batchOf(stack: Stack, props: Partial<BatchTransformProps> = {}) {
  const artifacts = new ModelArtifactBucket(stack, 'Artifacts');
  const output = artifacts.at(ArtifactPrefix.OUTPUT);
  return new BatchTransform(stack, 'Batch', { model: MODEL, input: BatchInput.dataset(artifacts.dataset('a')), output, jobNamePrefix: 'churn', inputFilter: '$[1:]', ...props });
}

function machine(options?: BatchTransformTaskOptions, props?: Partial<BatchTransformProps>) {
  const { stack, template } = stackFixture();
  const batch = batchOf(stack, props);
  new StateMachine(stack, 'Machine', { definitionBody: DefinitionBody.fromChainable(batch.task(stack, 'Score', options)) });
  const { DefinitionString } = onlyResource(template(), 'AWS::StepFunctions::StateMachine').Properties;
  return { batch, stack, template: template(), state: JSON.parse(text(DefinitionString)).States.Score, statements: statementsOf(template(), 'MachineRole') };
}

function text(value: any): string {
  if (typeof value === 'string') { return value; }
  if (value['Fn::Join']) { return value['Fn::Join'][1].map(text).join(value['Fn::Join'][0]); }
  return value.Ref ? `\${${value.Ref}}` : `\${${value['Fn::GetAtt'].join('.')}}`;
}

test('a state machine runs a job with a name of its own, and waits for its end', () => {
  const { batch, stack, state, template } = machine();
  const { 'TransformJobName.$': name, ...parameters } = state.Parameters;
  expect(state.Resource).toBe('arn:${AWS::Partition}:states:::sagemaker:createTransformJob.sync');
  expect(name).toBe("States.Format('churn-{}', States.UUID())");
  expect(parameters).toEqual(JSON.parse(text(stack.resolve(batch.requestJson))));
  expect(dependencyCycle(template.toJSON())).toBeUndefined();
});

test('its role may run these jobs, see their end, and nothing else', () => {
  const { statements } = machine();
  expect(statements.map(s => [s.Action, text(s.Resource).replace(/^.*:(transform-job|rule)/, '$1')])).toEqual([
    [['sagemaker:CreateTransformJob', 'sagemaker:AddTags', 'sagemaker:DescribeTransformJob', 'sagemaker:ListTags', 'sagemaker:StopTransformJob'], 'transform-job/churn-*'],
    [['events:DescribeRule', 'events:PutRule', 'events:PutTargets'], 'rule/StepFunctionsGetEventsForSageMakerTransformJobsRule'],
  ]);
});

test('it may go on at once, with no more rights than that takes', () => {
  const { state, statements } = machine({ integrationPattern: IntegrationPattern.REQUEST_RESPONSE });
  expect(state.Resource).toBe('arn:${AWS::Partition}:states:::sagemaker:createTransformJob');
  expect(statements.map(s => s.Action)).toEqual(['sagemaker:CreateTransformJob']);
});

test('jobs with tags take the right to set them', () => {
  const { state, statements } = machine({ integrationPattern: IntegrationPattern.REQUEST_RESPONSE }, { jobTags: { team: 'churn' } });
  expect(state.Parameters.Tags).toEqual([{ Key: 'team', Value: 'churn' }]);
  expect(statements.map(s => s.Action)).toEqual([['sagemaker:AddTags', 'sagemaker:CreateTransformJob']]);
});

test('the input of the state machine may say where the data are', () => {
  const { state } = machine({ inputUri: JsonPath.stringAt('$.input'), outputUri: JsonPath.format('s3://scores/{}/', JsonPath.stringAt('$.day')) });
  expect(state.Parameters.TransformInput.DataSource.S3DataSource).toEqual({ 'S3DataType': 'S3Prefix', 'S3Uri.$': '$.input' });
  expect(state.Parameters.TransformOutput['S3OutputPath.$']).toBe("States.Format('s3://scores/{}/', $.day)");
});

test('it speaks JSONata too', () => {
  const { state } = machine({ queryLanguage: QueryLanguage.JSONATA, inputUri: '{% $states.input.data %}' });
  expect(state.Parameters).toBeUndefined();
  expect(state.Arguments).toMatchObject({
    TransformJobName: "{% 'churn-' & $uuid() %}",
    TransformInput: { DataSource: { S3DataSource: { S3Uri: '{% $states.input.data %}' } } },
    DataProcessing: { InputFilter: '$[1:]' },
  });
});

test('it speaks the language of its state machine', () => {
  const { stack, template } = stackFixture();
  new StateMachine(stack, 'Machine', { definitionBody: DefinitionBody.fromChainable(batchOf(stack).task(stack, 'Score')), queryLanguage: QueryLanguage.JSONATA });
  expect(text(onlyResource(template(), 'AWS::StepFunctions::StateMachine').Properties.DefinitionString)).toContain("{% 'churn-' & $uuid() %}");
});

test('what all tasks of CDK can say may be said', () => {
  expect(machine({ resultPath: '$.job', comment: 'Scores all customers' }).state).toMatchObject({ ResultPath: '$.job', Comment: 'Scores all customers' });
});

test('a transform job calls nobody back', () => {
  expect(errorOf(() => machine({ integrationPattern: IntegrationPattern.WAIT_FOR_TASK_TOKEN }))).toContain('integrationPattern must be one of RUN_JOB, REQUEST_RESPONSE, got \'WAIT_FOR_TASK_TOKEN\'');
});

test('a text is sent as it is: so a path is an error, with the way to write it, and so is what is not in S3', () => {
  expect(errorOf(() => machine({ inputUri: '$.input', outputUri: 'scores/' }))).toBe([
    "Task at 'Stack/Score' has 2 problems:",
    "  - inputUri would be sent as it is: for a path into the input write sfn.JsonPath.stringAt('$.input')",
    "  - outputUri must begin with 's3://' and a bucket, got 'scores/'",
  ].join('\n'));
});

/** What is wrong with the places of a task of a batch transform from s3://lake/in/ to s3://lake/out/, or of other places. */
function placesProblems(options: BatchTransformTaskOptions, input?: (lake: S3Prefix) => BatchInput): string {
  const { stack } = stackFixture();
  const lake = Bucket.fromBucketName(stack, 'Lake', 'lake');
  const place = S3Prefix.of(lake, 'in/');
  const batch = batchOf(stack, { input: (input ?? BatchInput.prefix)(place), output: S3Prefix.of(lake, 'out/') });
  try {
    batch.task(stack, 'Score', options);
  } catch (e) {
    return (e as Error).message;
  }
  return '';
}

test('places that the role cannot use are an error', () => {
  expect(placesProblems({ inputUri: 's3://lake/other/', outputUri: 's3://scores/out/' })).toBe([
    "Task at 'Stack/Score' has 2 problems:",
    "  - inputUri must lie below 's3://lake/in/', the input of the batch transform, since its role can use nothing else, got 's3://lake/other/'",
    "  - outputUri must lie below 's3://lake/out/', the output of the batch transform, since its role can use nothing else, got 's3://scores/out/'",
  ].join('\n'));
  expect(placesProblems({ inputUri: 's3://lake/in' })).toContain("got 's3://lake/in'");
  expect(placesProblems({ inputUri: 's3://lake/other/a.manifest' }, place => BatchInput.manifest(place, 'a.manifest'))).toContain("must lie below 's3://lake/in/'");
  expect(placesProblems({ outputUri: `s3://lake/other/${JsonPath.stringAt('$.day')}` })).toContain("got 's3://lake/other/…'");
});

test('places below those of the batch transform pass, and so do those that are not known yet', () => {
  expect(placesProblems({ inputUri: 's3://lake/in/2024/', outputUri: 's3://lake/out' })).toBe('');
  expect(placesProblems({ inputUri: 's3://lake/in/b.manifest' }, place => BatchInput.manifest(place, 'a.manifest'))).toBe('');
  expect(placesProblems({ inputUri: '{% $states.input.data %}', outputUri: JsonPath.format('s3://scores/{}/', JsonPath.stringAt('$.day')) })).toBe('');
  expect(placesProblems({ inputUri: `s3://${JsonPath.stringAt('$.bucket')}/x/`, outputUri: `s3://lake/${JsonPath.stringAt('$.place')}` })).toBe('');
});

test('places in a bucket of the same program are compared too; its name, which is not known yet, may be any', () => {
  const { stack } = stackFixture();
  const batch = batchOf(stack);
  const artifacts = stack.node.findChild('Artifacts') as ModelArtifactBucket;
  expect(errorOf(() => batch.task(stack, 'Wrong', { outputUri: artifacts.at(ArtifactPrefix.of('scores/')).uri })))
    .toContain("outputUri must lie below 's3://…/output/', the output of the batch transform, since its role can use nothing else, got 's3://…/scores/'");
  batch.task(stack, 'Below', { inputUri: artifacts.dataset('a').uri, outputUri: artifacts.at(ArtifactPrefix.OUTPUT).below('today').uri });
  batch.task(stack, 'Unknown', { outputUri: 's3://scores/today/' });
});
