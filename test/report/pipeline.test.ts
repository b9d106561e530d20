import { handwritten, visibleText } from './helper';
import { pipelineEdges } from '../../src/report/pipeline/drawing';
import { parametersOf, PipelineStep, stepsOf } from '../../src/report/pipeline/steps';
import { Report } from '../../src/report/report';

const get = (path: string) => ({ Get: path });

const DEFINITION = {
  Parameters: [
    { Name: 'InputData', Type: 'String', DefaultValue: 's3://<bucket>/data' },
    { Name: 'Kind', Type: 'String', DefaultValue: 'ml.m5.large', EnumValues: ['ml.m5.large', 'ml.m5.xlarge'] },
    { Name: 'Limit', Type: 'Float' },
  ],
  Steps: [
    { Name: 'Prepare', Type: 'Processing', Arguments: { ProcessingResources: { ClusterConfig: { InstanceType: get('Parameters.Kind'), InstanceCount: 2 } } } },
    {
      Name: 'Fit',
      Type: 'Training',
      Arguments: {
        InputDataConfig: ['train', 'test'].map(n => ({ S3Uri: get(`Steps.Prepare.ProcessingOutputConfig.Outputs['${n}'].S3Output.S3Uri`) })),
      },
    },
    {
      Name: 'Good',
      Type: 'Condition',
      Arguments: {
        Conditions: [{
          Type: 'LessThanOrEqualTo',
          LeftValue: { 'Std:JsonGet': { PropertyFile: get('Steps.Fit.PropertyFiles.Report'), Path: 'mse.value' } },
          RightValue: get('Parameters.Limit'),
        }],
        IfSteps: [
          { Name: 'Register', Type: 'RegisterModel', Arguments: { ModelDataUrl: get('Steps.Fit.ModelArtifacts.S3ModelArtifacts') } },
          { Name: 'Tell', Type: 'Lambda', DependsOn: ['Register'], Arguments: {} },
        ],
        ElseSteps: [{ Name: 'Stop', Type: 'Fail', Arguments: { ErrorMessage: { 'Std:Join': { On: '', Values: ['above ', get('Parameters.Limit')] } } } }],
      },
    },
  ],
};

/** The body as CDK writes it: text with functions between. */
function body(): object {
  const [before, after] = JSON.stringify(DEFINITION).split('<bucket>');
  return { 'Fn::Join': ['', [before, { Ref: 'Bucket' }, after]] };
}

function pipeline(PipelineDefinition: object): Report {
  return handwritten({
    Stack: { Resources: { Bucket: { Type: 'AWS::S3::Bucket' }, P: { Type: 'AWS::SageMaker::Pipeline', Properties: { PipelineName: 'abalone', PipelineDefinition } } } },
  });
}

function steps(): PipelineStep[] {
  return stepsOf(pipeline({ PipelineDefinitionBody: body() }).pipelines[0].definition ?? {});
}

test('the definition is read from the parts that CloudFormation joins', () => {
  const [{ name, definition }] = pipeline({ PipelineDefinitionBody: body() }).pipelines;
  expect(name).toBe('abalone');
  expect(parametersOf(definition ?? {})).toEqual([
    { name: 'InputData', type: 'String', value: 's3://‹Stack/Bucket›/data', allowed: '' },
    { name: 'Kind', type: 'String', value: 'ml.m5.large', allowed: 'ml.m5.large, ml.m5.xlarge' },
    { name: 'Limit', type: 'Float', value: '', allowed: '' },
  ]);
});

test('steps of branches are steps, and each says what it is about', () => {
  expect(steps().map(s => [s.name, s.detail, s.branch])).toEqual([
    ['Prepare', '2 × ml.m5.large', undefined],
    ['Fit', '', undefined],
    ['Good', 'mse.value ≤ Limit', undefined],
    ['Register', '', { of: 'Good', key: 'IfSteps' }],
    ['Tell', '', { of: 'Good', key: 'IfSteps' }],
    ['Stop', 'above {Limit}', { of: 'Good', key: 'ElseSteps' }],
  ]);
});

test('arrows: data by name, branches to their first steps only, order where nothing flows', () => {
  expect(pipelineEdges(steps())).toEqual([
    { from: 'Prepare', to: 'Fit', text: 'train, test', kind: 'data' },
    { from: 'Fit', to: 'Good', text: 'Report', kind: 'data' },
    { from: 'Fit', to: 'Register', text: 'model', kind: 'data' },
    { from: 'Good', to: 'Register', text: 'if so', kind: 'branch' },
    { from: 'Register', to: 'Tell', text: '', kind: 'order' },
    { from: 'Good', to: 'Stop', text: 'else', kind: 'branch' },
  ]);
});

/** A loop over two trainings, the second of which waits for the end of the first; then a condition with a negation. */
const LOOP = {
  Steps: [
    {
      Name: 'Fan',
      Type: 'ForEach',
      Arguments: {
        IterableItems: ['a', 'b'],
        MaxConcurrency: 2,
        ForEachBody: [
          { Name: 'One', Type: 'Training', Arguments: { ResourceConfig: { InstanceType: 'ml.m5.large', InstanceCount: 1 } } },
          { Name: 'Two', Type: 'Training', DependsOn: [{ Step: 'One', Trigger: 'Failed' }], Arguments: {} },
        ],
      },
    },
    { Name: 'Ask', Type: 'Condition', Arguments: { Conditions: [{ Type: 'Not', Condition: { Type: 'Equals', LeftValue: get('Steps.Fan.Status'), RightValue: 'Failed' } }] } },
  ],
};

test('steps of a loop are steps, which hang on it; how another must end is said', async () => {
  const found = stepsOf(LOOP);
  expect(found.map(s => [s.name, s.detail, s.branch])).toEqual([
    ['Fan', 'each of a, b, 2 at a time', undefined],
    ['One', '1 × ml.m5.large', { of: 'Fan', key: 'ForEachBody' }],
    ['Two', '', { of: 'Fan', key: 'ForEachBody' }],
    ['Ask', 'not (Fan.Status = Failed)', undefined],
  ]);
  expect(pipelineEdges(found)).toEqual([
    { from: 'Fan', to: 'One', text: 'for each', kind: 'branch' },
    { from: 'One', to: 'Two', text: 'if it fails', kind: 'order' },
    { from: 'Fan', to: 'Ask', text: 'Status', kind: 'data' },
  ]);
  const text = await visibleText(pipeline({ PipelineDefinitionBody: LOOP }));
  expect(text).toContain('Fan (loop) repeats its steps for each of a, b, 2 at a time');
  expect(text).toContain('One (training) — for each item of Fan runs on 1 × ml.m5.large');
  expect(text).toContain('runs after One, if it fails');
});

test.each([
  [{ PipelineDefinitionS3Location: { Bucket: { Ref: 'Bucket' }, Key: 'p.json' } }, 'Its definition lies in S3, at s3://‹Stack/Bucket›/p.json.'],
  [{ PipelineDefinitionBody: { 'Fn::GetAtt': ['Maker', 'Body'] } }, 'Its definition is not JSON before the stack deploys, so it cannot be drawn.'],
  [{}, 'Its definition is empty.'],
])('a definition that cannot be drawn says why: %j', async (definition, problem) => {
  expect(await visibleText(pipeline(definition))).toContain(problem);
});

test('the page draws the graph and lists the parameters', async () => {
  const text = await visibleText(pipeline({ PipelineDefinitionBody: body() }));
  expect(text).toContain('mse.value ≤ Limit');
  expect(text).toContain('no default: must be given');
  expect(text).toContain('one of ml.m5.large, ml.m5.xlarge');
});
