import { CfnParameter } from 'aws-cdk-lib';
import { CfnModelPackageGroup } from 'aws-cdk-lib/aws-sagemaker';
import { IModelRegistry, ModelRegistry, ModelRegistryProps } from '../../src';
import { consumerRole, errorOf, expectCompliant, onlyResource, stackFixture, statementsOf } from '../helper';

function registryFixture(props?: ModelRegistryProps) {
  const fixture = stackFixture();
  const models = new ModelRegistry(fixture.stack, 'Models', props);
  return { ...fixture, models, group: () => onlyResource(fixture.template(), 'AWS::SageMaker::ModelPackageGroup') };
}

const arn = (rest: string) => ({ 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':sagemaker:', { Ref: 'AWS::Region' }, ':', { Ref: 'AWS::AccountId' }, `:${rest}`]] });

test('with nothing said it is clean', () => {
  expectCompliant(registryFixture().stack);
});

test('the logical ids are part of the contract', () => {
  expect(Object.keys(registryFixture().template().toJSON().Resources)).toMatchInlineSnapshot(`
[
  "ModelsC55D3500",
]
`);
});

test('a group of model packages is made, and stays with all its versions', () => {
  const { models, group } = registryFixture();
  expect(group()).toEqual({
    Type: 'AWS::SageMaker::ModelPackageGroup',
    DeletionPolicy: 'RetainExceptOnCreate',
    UpdateReplacePolicy: 'Retain',
    Properties: { ModelPackageGroupName: models.modelPackageGroupName },
  });
});

test('its name is made of stack and path, in lower case, and is always the same', () => {
  expect(registryFixture().models.modelPackageGroupName).toMatch(/^stack-models-[0-9a-f]{8}$/);
  expect(registryFixture().models.modelPackageGroupName).toBe(registryFixture().models.modelPackageGroupName);
});

test('name and description may be given, also at deployment', () => {
  expect(registryFixture({ modelPackageGroupName: 'churn', description: 'd'.repeat(1024) }).group().Properties)
    .toEqual({ ModelPackageGroupName: 'churn', ModelPackageGroupDescription: 'd'.repeat(1024) });
  const { stack, template } = stackFixture();
  const value = new CfnParameter(stack, 'P').valueAsString;
  new ModelRegistry(stack, 'Models', { modelPackageGroupName: value, description: value });
  expect(onlyResource(template(), 'AWS::SageMaker::ModelPackageGroup').Properties).toEqual({ ModelPackageGroupName: { Ref: 'P' }, ModelPackageGroupDescription: { Ref: 'P' } });
});

test.each(['', '-a', 'a-', 'a_b', 'a b', 'x'.repeat(64)])("a group cannot be called '%s', made here or imported", name => {
  const problem = `modelPackageGroupName must be 1 to 63 letters, digits and dashes, got '${name}'`;
  expect(errorOf(() => registryFixture({ modelPackageGroupName: name }))).toBe(`ModelRegistry at 'Stack/Models' has 1 problem:\n  - ${problem}`);
  expect(errorOf(() => ModelRegistry.fromModelPackageGroupName(stackFixture().stack, 'Imported', name))).toBe(`ModelRegistry at 'Stack/Imported' has 1 problem:\n  - ${problem}`);
});

test('all problems come in one error', () => {
  const compliance = { exceptions: [{ rule: ' ', reason: '' }] };
  expect(errorOf(() => registryFixture({ modelPackageGroupName: '_', description: 'd'.repeat(1025), compliance }))).toBe([
    "ModelRegistry at 'Stack/Models' has 4 problems:",
    "  - modelPackageGroupName must be 1 to 63 letters, digits and dashes, got '_'",
    '  - description (characters) must be between 0 and 1024, got 1025',
    "  - compliance.exceptions[0].rule must name a finding, got ' '",
    "  - compliance.exceptions[0].reason must say why in at least 10 characters, got ''",
  ].join('\n'));
});

test('a group of this account and Region may be imported', () => {
  const { stack } = stackFixture();
  const models: IModelRegistry = ModelRegistry.fromModelPackageGroupName(stack, 'Imported', 'churn');
  expect(models.modelPackageGroupName).toBe('churn');
  expect(stack.resolve(models.modelPackageGroupArn)).toEqual(arn('model-package-group/churn'));
});

const made: (stack: any) => IModelRegistry = stack => new ModelRegistry(stack, 'Models', { modelPackageGroupName: 'Churn' });
const imported: (stack: any) => IModelRegistry = stack => ModelRegistry.fromModelPackageGroupName(stack, 'Models', 'Churn');

test.each<[string, (stack: any) => IModelRegistry, unknown]>([
  ['made here', made, { 'Fn::GetAtt': [expect.stringMatching(/^Models/), 'ModelPackageGroupArn'] }],
  ['imported', imported, arn('model-package-group/churn')],
])('permissions on a group that is %s reach its versions and no others, whose ARNs are of lower case', (_, make, group) => {
  const { stack, template } = stackFixture();
  const models = make(stack);
  expect(models.grants.register(consumerRole(stack, 'Trainer')).success).toBe(true);
  expect(models.grants.read(consumerRole(stack, 'Reader')).success).toBe(true);
  const versions = arn('model-package/churn/*');
  expect(statementsOf(template(), 'Trainer')).toEqual([
    { Effect: 'Allow', Action: 'sagemaker:DescribeModelPackageGroup', Resource: group },
    { Effect: 'Allow', Action: ['sagemaker:AddTags', 'sagemaker:CreateModelPackage', 'sagemaker:DescribeModelPackage'], Resource: [group, versions] },
  ]);
  expect(statementsOf(template(), 'Reader')).toEqual([
    { Effect: 'Allow', Action: 'sagemaker:DescribeModelPackageGroup', Resource: group },
    { Effect: 'Allow', Action: 'sagemaker:DescribeModelPackage', Resource: versions },
    { Effect: 'Allow', Action: 'sagemaker:ListModelPackages', Resource: '*' },
  ]);
});

test('the escape hatch is where the documentation says', () => {
  expect(registryFixture().models.node.findChild('Resource')).toBeInstanceOf(CfnModelPackageGroup);
});
