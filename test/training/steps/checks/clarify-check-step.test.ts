import { Aws, Lazy, Stack } from 'aws-cdk-lib';
import { Key } from 'aws-cdk-lib/aws-kms';
import expected from './analysis-configs.json';
import { checking, configsOf } from './fixture';
import {
  CheckSwitch, ClarifyAggregation, ClarifyBaseline, ClarifyCheck, ClarifyCheckStep, ClarifyCheckStepProps, ClarifyCheckType, ClarifyDataType,
  ClarifyExplanation, ClarifyField, ClarifyImageModel, ClarifyValues, ComplianceEnforcement, JobDefaults, ModelRegistry, PipelineParameter,
  ProcessingOutput, ProcessingStep, SageMakerImage, TextGranularity,
} from '../../../../src';
import { errorOf, expectCompliant, statementFor, statementsOf, warningsOf } from '../../../helper';
import { definitionOf } from '../../definition-of';

const { named, at } = ClarifyField;
const BIAS = { label: named('y'), labelValues: ClarifyValues.numbers(1), facets: [{ field: named('age') }] };
const MODEL = { modelName: 'churn', modelInstanceType: 'ml.m5.large' };

const fixture = (check: ClarifyCheck, props: Partial<ClarifyCheckStepProps> = {}, options: Parameters<typeof checking>[1] = {}) =>
  checking(() => [new ClarifyCheckStep('Check', { dataset: 's3://lake/train/', check, ...props })], options);

test('the file with the analysis may be encrypted with a key of ones own', () => {
  const bootstrapKey = Key.fromKeyArn(new Stack(), 'Key', 'arn:aws:kms:eu-west-1:111122223333:key/boot');
  const { template, stack, app } = fixture(ClarifyCheck.dataBias({ ...BIAS, headers: ['y', 'age'], bootstrapKey }));
  const uses = statementsOf(template(), 'PipelineJobRolePolicy').filter(s => s.Resource === 'arn:aws:kms:eu-west-1:111122223333:key/boot');
  expect(uses).toEqual([expect.objectContaining({ Effect: 'Allow', Action: 'kms:Decrypt', Condition: { StringEquals: { 'kms:ViaService': expect.anything() } } })]);
  expect(JSON.stringify(configsOf(app))).not.toMatch(/boot/);
  expect(statementsOf(fixture(ClarifyCheck.dataBias({ ...BIAS, headers: ['y', 'age'] })).template(), 'PipelineJobRolePolicy').filter(s => s.Resource === uses[0].Resource)).toEqual([]);
  expectCompliant(stack);
});

const argumentsOf = (stack: Stack) => definitionOf(stack).Steps[0].Arguments;

// what the SageMaker Python SDK 2.257.7 writes into the file for the same arguments
test.each<[keyof typeof expected, ClarifyCheck]>([
  ['data_bias', ClarifyCheck.dataBias({
    label: named('approved'),
    headers: ['approved', 'age', 'income'],
    dataType: ClarifyDataType.CSV,
    joinSource: named('id'),
    facetDataset: 's3://b/facets',
    facetHeaders: ['id', 'age'],
    predictedLabel: named('predicted'),
    excludedColumns: [named('age')],
    segmentations: [{
      field: named('age'), segments: [ClarifyValues.texts('[1, 4]', '(5, 6]'), ClarifyValues.texts('(7, 9)')], name: 'ages', displayAliases: ['low', 'mid', 'rest'],
    }],
    labelValues: ClarifyValues.numbers(1),
    group: named('region'),
    methods: ['CI', 'DPL'],
    facets: [{ field: named('age'), values: ClarifyValues.numbers(40) }, { field: named('sex'), values: ClarifyValues.texts('f') }],
  })],
  ['model_bias', ClarifyCheck.modelBias({
    label: at(0),
    features: '[*].f',
    dataType: ClarifyDataType.JSON,
    labelValues: ClarifyValues.texts('yes'),
    facets: [{ field: at(0) }],
    modelName: 'm',
    modelInstanceCount: 2,
    modelInstanceType: 'ml.c5.xlarge',
    acceptType: 'application/json',
    contentType: 'application/json',
    contentTemplate: '{"instances": $records}',
    recordTemplate: '$features',
    customAttributes: 'x',
    targetModel: 'a.tar.gz',
    answerLabel: named('label'),
    answerProbability: named('p'),
    probabilityThreshold: 0.7,
    labelHeaders: ['yes', 'no'],
  })],
  ['shap', ClarifyCheck.modelExplainability({
    ...MODEL,
    headers: ['age', 'colour', 'x'],
    answerLabel: at(0),
    explanation: ClarifyExplanation.shap({
      baseline: ClarifyBaseline.records('[[0.4, "red", 0.2]]'), samples: 100, aggregation: ClarifyAggregation.MEDIAN, seed: 7, features: [named('age'), at(1)],
    }),
  })],
  ['shap_text', ClarifyCheck.modelExplainability({
    ...MODEL,
    explanation: ClarifyExplanation.shap({
      baseline: ClarifyBaseline.clusters(3), useLogit: true, saveLocalValues: false, text: { granularity: TextGranularity.SENTENCE, language: 'en' },
    }),
  })],
  ['shap_image', ClarifyCheck.modelExplainability({
    ...MODEL,
    dataType: ClarifyDataType.IMAGE,
    explanation: ClarifyExplanation.shap({
      image: { modelType: ClarifyImageModel.OBJECT_DETECTION, segments: 20, segmentCompactness: 5, maxObjects: 3, overlapThreshold: 0.5, context: 1 },
    }),
  })],
  ['pdp', ClarifyCheck.modelExplainability({ ...MODEL, explanation: ClarifyExplanation.partialDependence({ features: [named('age'), at(2)], gridResolution: 20 }) })],
  ['shap_file', ClarifyCheck.modelExplainability({ ...MODEL, explanation: ClarifyExplanation.shap({ baseline: ClarifyBaseline.file('s3://b/base.csv') }) })],
])('the file for %s is that of the SDK', (name, check) => {
  const [{ content }] = configsOf(fixture(check).app);
  expect(JSON.parse(content)).toEqual(expected[name]);
});

test('the file is uploaded under a key that changes with it, the job finds it by name, and its role may read it', () => {
  const { app, stack, template } = fixture(ClarifyCheck.dataBias(BIAS));
  const [{ key, bucket }] = configsOf(app);
  expect(key).toMatch(/^[0-9a-f]{64}\/analysis_config\.json$/);
  expect(bucket).toBe('cdk-hnb659fds-assets-111122223333-eu-west-1');
  const [config, data] = argumentsOf(stack).ProcessingInputs;
  expect(config).toMatchObject({ InputName: 'analysis_config', S3Input: { S3Uri: `s3://${bucket}/${key}`, LocalPath: '/opt/ml/processing/input/config' } });
  expect(data).toMatchObject({ InputName: 'dataset', S3Input: { S3Uri: 's3://lake/train/', LocalPath: '/opt/ml/processing/input/data' } });
  const reads = statementsOf(template(), 'PipelineJobRole').filter(s => s.Action === 's3:GetObject').map(s => JSON.stringify(s.Resource));
  expect(reads).toContainEqual(expect.stringContaining(`:s3:::${bucket}/${key}"`));
  expect(configsOf(fixture(ClarifyCheck.dataBias(BIAS)).app)[0].key).toBe(key);
  expect(configsOf(fixture(ClarifyCheck.dataBias({ ...BIAS, methods: ['CI'] })).app)[0].key).not.toBe(key);
});

test('in a stack for any account the place is put in by CloudFormation', () => {
  const stack = new Stack();
  const check = ClarifyCheck.dataBias(BIAS)._define();
  expect(stack.resolve(check.inputs(stack)[0].uri)).toEqual({
    'Fn::Sub': expect.stringMatching(/^s3:\/\/cdk-hnb659fds-assets-\$\{AWS::AccountId\}-\$\{AWS::Region\}\/[0-9a-f]{64}\/analysis_config\.json$/),
  });
});

test('with little said it is secure and compares nothing but what the registry has', () => {
  const { stack } = checking(s => [new ClarifyCheckStep('Check', { dataset: 's3://lake/train/', check: ClarifyCheck.dataBias(BIAS), registry: new ModelRegistry(s, 'Models') })]);
  const template = expectCompliant(stack);
  const [step] = definitionOf(stack).Steps;
  expect(step).toMatchObject({
    Type: 'ClarifyCheck',
    CheckType: 'DATA_BIAS',
    SkipCheck: false,
    FailOnViolation: true,
    RegisterNewBaseline: false,
    SuppliedBaselineConstraints: null,
    ModelPackageGroupName: expect.stringMatching(/^stack-models-/),
  });
  expect(step).not.toHaveProperty('ModelName');
  expect(step.Arguments.NetworkConfig).toEqual({ EnableNetworkIsolation: true, EnableInterContainerTrafficEncryption: true });
  expect(step.Arguments.ProcessingOutputConfig.Outputs[0].S3Output.S3Uri['Std:Join'].Values.slice(1)).toEqual([{ Get: 'Execution.PipelineExecutionId' }, '/Check/analysis_result']);
  const pipeline = statementsOf(template, 'PipelineRolePolicy');
  expect(statementFor(pipeline, 'sagemaker:ListModelPackages').Resource).toBe('*');
  expect(JSON.stringify(statementFor(pipeline, 'sagemaker:DescribeModelPackage').Resource)).toMatch(/:model-package\/stack-models-\w+\/\*/);
  const pulls = statementsOf(template, 'PipelineJobRolePolicy').filter(s => [s.Action].flat().includes('ecr:BatchGetImage'));
  expect(JSON.stringify(pulls.map(s => s.Resource))).toContain(':ecr:eu-west-1:131013547314:repository/sagemaker-clarify-processing');
});

test('a check that asks a model has a network, and may make an endpoint for this model only', () => {
  const { stack, template } = fixture(ClarifyCheck.modelBias({ ...BIAS, ...MODEL }));
  expectCompliant(stack);
  expect(definitionOf(stack).Steps[0].ModelName).toBe('churn');
  expect(argumentsOf(stack).NetworkConfig).toEqual({ EnableNetworkIsolation: false, EnableInterContainerTrafficEncryption: true });
  const statements = statementsOf(template(), 'PipelineJobRolePolicy');
  expect(JSON.stringify(statementFor(statements, 'sagemaker:DescribeModel').Resource)).toMatch(/:model\/churn"/);
  expect(JSON.stringify(statementFor(statements, 'sagemaker:InvokeEndpoint').Resource)).toMatch(/:endpoint\/sagemaker-clarify-\*"/);
});

test('without job defaults nothing is said of the network', () => {
  const compliance = { enforcement: ComplianceEnforcement.OFF };
  const { stack } = fixture(ClarifyCheck.modelBias({ ...BIAS, ...MODEL }), {}, { jobDefaults: JobDefaults.none(), compliance });
  expect(argumentsOf(stack)).not.toHaveProperty('NetworkConfig');
});

test.each<[string, string, RegExp]>([
  ['a parameter', PipelineParameter.text('Model', { defaultValue: 'churn' }).asString(), /:model\/\*"/],
  ['a reference', Lazy.string({ produce: () => 'made-here' }), /:model\/made-here"/],
])('the model may be %s', (_, modelName, resource) => {
  const { stack, template } = fixture(ClarifyCheck.modelBias({ ...BIAS, modelName }));
  expectCompliant(stack);
  expect(JSON.stringify(statementFor(statementsOf(template(), 'PipelineJobRolePolicy'), 'sagemaker:DescribeModel').Resource)).toMatch(resource);
});

test('the model may be made by a step', () => {
  const make = new ProcessingStep('Make', { image: SageMakerImage.fromUri('111122223333.dkr.ecr.eu-west-1.amazonaws.com/x:1') });
  const check = ClarifyCheck.modelBias({ ...BIAS, modelName: make.property('ModelName').asString() });
  const { stack, template } = checking(() => [make, new ClarifyCheckStep('Check', { dataset: 's3://lake/in', check })]);
  expect(definitionOf(stack).Steps[1].ModelName).toEqual({ Get: 'Steps.Make.ModelName' });
  expect(JSON.stringify(statementFor(statementsOf(template(), 'PipelineJobRolePolicy'), 'sagemaker:DescribeModel').Resource)).toMatch(/:model\/pipelines-\*"/);
});

test('baselines, gzip, images and files of one\'s own', () => {
  const step = new ProcessingStep('Make', {
    image: SageMakerImage.fromUri('111122223333.dkr.ecr.eu-west-1.amazonaws.com/x:1'), outputs: [ProcessingOutput.of('config')],
  });
  const file = new ClarifyCheckStep('File', {
    dataset: 's3://lake/in',
    check: ClarifyCheck.fromFile(ClarifyCheckType.DATA_BIAS, `${step.output('config')}/analysis_config.json`, { gzipped: true }),
    suppliedBaselineConstraints: 's3://lake/base/constraints.json',
    skipCheck: CheckSwitch.on(),
  });
  const images = new ClarifyCheckStep('Images', {
    dataset: 's3://lake/images',
    destination: 's3://lake/out',
    check: ClarifyCheck.modelExplainability({ ...MODEL, dataType: ClarifyDataType.IMAGE, explanation: ClarifyExplanation.shap() }),
    suppliedBaselineConstraints: file.calculatedBaselineConstraints,
    tags: { b: '2', a: '1' },
  });
  const { stack, template } = checking(() => [step, file, images]);
  const [, first, second] = definitionOf(stack).Steps;
  const inputs = first.Arguments.ProcessingInputs;
  expect(inputs[0].S3Input.S3Uri).toEqual({
    'Std:Join': { On: '', Values: [{ Get: "Steps.Make.ProcessingOutputConfig.Outputs['config'].S3Output.S3Uri" }, '/analysis_config.json'] },
  });
  expect(inputs.map((i: any) => i.S3Input.S3CompressionType)).toEqual(['None', 'Gzip']);
  expect(first).toMatchObject({ SkipCheck: true, SuppliedBaselineConstraints: 's3://lake/base/constraints.json' });
  expect(second.SuppliedBaselineConstraints).toEqual({ Get: 'Steps.File.CalculatedBaselineConstraints' });
  expect(second.Arguments.ProcessingOutputConfig.Outputs[0].S3Output).toMatchObject({ S3Uri: 's3://lake/out', S3UploadMode: 'Continuous' });
  expect(second.Arguments.Tags).toEqual([{ Key: 'a', Value: '1' }, { Key: 'b', Value: '2' }]);
  const pipeline = JSON.stringify(statementsOf(template(), 'PipelineRolePolicy').filter(s => s.Action === 's3:GetObject').map(s => s.Resource));
  expect(pipeline).toContain(':s3:::lake/base/constraints.json"');
  expect(pipeline).toContain(':s3:::lake/out*"');
});

test('what the analysis reads beside its data may be read', () => {
  const explanation = ClarifyExplanation.shap({ baseline: ClarifyBaseline.file('s3://lake/base.csv') });
  const { template } = fixture(ClarifyCheck.modelExplainability({ ...MODEL, predictedLabelDataset: 's3://lake/predicted', explanation }));
  const reads = JSON.stringify(statementsOf(template(), 'PipelineJobRolePolicy').filter(s => s.Action === 's3:GetObject').map(s => s.Resource));
  expect(reads).toContain(':s3:::lake/base.csv*');
  expect(reads).toContain(':s3:::lake/predicted*');
});

test('another image is pulled from its own repository, and one that is not known must be given', () => {
  const image = SageMakerImage.fromUri('111122223333.dkr.ecr.eu-west-1.amazonaws.com/clarify:2');
  const { stack, template } = fixture(ClarifyCheck.dataBias(BIAS), { image }, { region: 'eu-south-2' });
  expect(argumentsOf(stack).AppSpecification).toEqual({ ImageUri: image.imageUri });
  expect(JSON.stringify(template())).not.toContain('sagemaker-clarify-processing');
  expect(errorOf(() => fixture(ClarifyCheck.dataBias(BIAS), {}, { region: 'eu-south-2' }))).toContain(
    "has 1 problem:\n  - step 'Check'.image must be given: it is not known where AWS keeps sagemaker-clarify-processing in eu-south-2");
});

const HELP = 'can be no variable or reference, since the file with the analysis is written at synth: write it in a step, and use ClarifyCheck.fromFile';

test.each<[string, ClarifyCheck, string[]]>([
  ['a variable in a text', ClarifyCheck.dataBias({ ...BIAS, facets: [{ field: named(PipelineParameter.text('Facet').asString()) }] }), [`check.facet[0].name_or_index ${HELP}`]],
  ['a variable in a number', ClarifyCheck.dataBias({ ...BIAS, labelValues: ClarifyValues.numbers(PipelineParameter.number('N').asNumber()) }), [`check.label_values_or_threshold[0] ${HELP}`]],
  ['a reference', ClarifyCheck.dataBias({ ...BIAS, facetDataset: `s3://${Aws.ACCOUNT_ID}/x` }), [`check.facet_dataset_uri ${HELP}`]],
  ['a spoilt token', ClarifyCheck.dataBias({ ...BIAS, headers: ['<x.PipelineVariable object at 0x7f3e5c0b1d90>'] }), [
    "check.headers[0] holds a Python object that was formatted as text: use as_string() of the variable, got '<x.PipelineVariable object at 0x7f3e5c0b1d90>'",
  ]],
  ['an unknown metric, no facets', ClarifyCheck.dataBias({ ...BIAS, methods: ['DPPL'], facets: [] }), [
    'check.facets must hold at least 1 entry, got 0', "check.methods[0] must be one of CI, DPL, KL, JS, LP, TVD, KS, CDDL, got 'DPPL'",
  ]],
  ['wrong data', ClarifyCheck.dataBias({
    ...BIAS, dataType: ClarifyDataType.JSON, facetHeaders: ['a'], segmentations: [{ field: at(0), segments: [ClarifyValues.texts('a')], displayAliases: ['a', 'b', 'c'] }],
  }), [
    'check.facetHeaders is for CSV only, got application/json', 'check.features must be given for JSON',
    'check.segmentations[0].displayAliases must hold 1 to 2 entries, got 3',
  ]],
  ['a wrong model', ClarifyCheck.modelBias({
    ...BIAS, modelName: 'a_b', modelInstanceType: 'm5', modelInstanceCount: 0, contentType: 'application/json', acceptType: 'text/plain', probabilityThreshold: 2,
  }), [
    "check.modelName must be 1 to 63 letters, digits and dashes, got 'a_b'", "check.modelInstanceType must look like 'ml.m5.large', got 'm5'",
    'check.modelInstanceCount must be a whole number of at least 1, got 0', 'check.probabilityThreshold must be between 0 and 1, got 2',
    "check.acceptType must be one of text/csv, application/jsonlines, application/json, got 'text/plain'",
    'check.contentTemplate must hold $records or $record for JSON', 'check.recordTemplate must be given for JSON',
  ]],
  ['JSON Lines without features', ClarifyCheck.modelBias({ ...BIAS, modelName: 'm', contentType: 'application/jsonlines', contentTemplate: 'x' }), [
    'check.contentTemplate must hold $features for JSON Lines',
  ]],
  ['a wrong explanation', ClarifyCheck.modelExplainability({
    ...MODEL,
    explanation: ClarifyExplanation.shap({
      baseline: ClarifyBaseline.records('0.4,red'), samples: 0, features: [at(0)], image: { modelType: ClarifyImageModel.OBJECT_DETECTION, context: 2 },
    }),
  }), [
    "check.explanation.baseline must be a list or an object in JSON, got '0.4,red'", 'check.explanation.samples must be a whole number of at least 1, got 0',
    'check.explanation.image.context must be between 0 and 1, got 2', 'check.explanation.features is not for text or images',
  ]],
  ['wrong plots', ClarifyCheck.modelExplainability({ ...MODEL, explanation: ClarifyExplanation.partialDependence({ features: [], gridResolution: 0 }) }), [
    'check.explanation.features must hold at least 1 entry, got 0', 'check.explanation.gridResolution must be a whole number of at least 1, got 0',
  ]],
  ['a file without its model', ClarifyCheck.fromFile(ClarifyCheckType.MODEL_BIAS, 'config.json'), [
    'check.modelName must be given for MODEL_BIAS', "check.uri must begin with 's3://' and a bucket, or be a variable, got 'config.json'",
  ]],
  ['a file with a model that is not asked', ClarifyCheck.fromFile(ClarifyCheckType.DATA_BIAS, 's3://b/c.json', { modelName: 'm' }), [
    'check.modelName must be left out for DATA_BIAS',
  ]],
])('%s is said', (_, check, messages) => {
  const count = messages.length === 1 ? '1 problem' : `${messages.length} problems`;
  expect(errorOf(() => fixture(check))).toBe([`SageMakerPipeline at 'Stack/Pipeline' has ${count}:`, ...messages.map(m => `  - step 'Check'.${m}`)].join('\n'));
});

test('disks of the instances themselves are warned of', () => {
  const { stack } = fixture(ClarifyCheck.dataBias(BIAS), { instanceType: 'ml.g5.xlarge' });
  expect(warningsOf(stack)).toEqual([expect.stringContaining('cdk-ml-patterns:localDisks')]);
});
