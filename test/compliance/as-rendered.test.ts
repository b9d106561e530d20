import { CfnResource, Stack } from 'aws-cdk-lib';
import { CfnManagedPolicy } from 'aws-cdk-lib/aws-iam';
import { CfnBucket } from 'aws-cdk-lib/aws-s3';
import { CfnModel } from 'aws-cdk-lib/aws-sagemaker';
import { asRendered, renderedProperties } from '../../src/compliance/as-rendered';
import { inspectWithNag } from '../../src/compliance/nag-engine';
import { stackFixture } from '../helper';

const bucket = (stack: Stack) => new CfnBucket(stack, 'B', {
  loggingConfiguration: { destinationBucketName: 'logs' },
  publicAccessBlockConfiguration: { blockPublicAcls: true, blockPublicPolicy: true, ignorePublicAcls: true, restrictPublicBuckets: true },
});
const found = (resource: CfnResource) => inspectWithNag('AwsSolutionsChecks', [resource]).findings.map(f => f.rule);

test('a resource without overrides is what it is', () => {
  const resource = bucket(stackFixture().stack);
  resource.addOverride('Metadata.X', 1);
  expect(asRendered(resource)).toBe(resource);
});

test('the stand-in has class, place and other attributes of the resource, and the overridden ones of the template', () => {
  const { stack } = stackFixture();
  const resource = bucket(stack);
  resource.addPropertyOverride('LoggingConfiguration.DestinationBucketName', { 'Fn::GetAtt': ['Other', 'Arn'] });
  resource.addPropertyOverride('OwnershipControls', { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] });
  const standIn = asRendered(resource) as CfnBucket;
  expect(standIn).toBeInstanceOf(CfnBucket);
  expect([standIn.node, Stack.of(standIn)]).toEqual([resource.node, stack]);
  expect(standIn.publicAccessBlockConfiguration).toBe(resource.publicAccessBlockConfiguration);
  expect(stack.resolve(standIn.ref)).toEqual({ Ref: 'B' });
  expect(stack.resolve(standIn.loggingConfiguration)).toEqual({ destinationBucketName: { 'Fn::GetAtt': ['Other', 'Arn'] } });
  expect(stack.resolve(standIn.ownershipControls)).toEqual({ rules: [{ objectOwnership: 'BucketOwnerEnforced' }] });
  expect(renderedProperties(resource)).toMatchObject({ OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] } });
});

test.each<[string, (b: CfnBucket) => void, string]>([
  ['a deletion', b => b.addPropertyDeletionOverride('LoggingConfiguration'), 'AwsSolutions-S1'],
  ['a value deep inside', b => b.addPropertyOverride('PublicAccessBlockConfiguration.BlockPublicAcls', false), 'AwsSolutions-S2'],
  ['a raw override', b => b.addOverride('Properties.PublicAccessBlockConfiguration', { BlockPublicAcls: false }), 'AwsSolutions-S2'],
])('cdk-nag sees %s', (_, weaken, rule) => {
  const resource = bucket(stackFixture().stack);
  expect(found(resource)).not.toContain(rule);
  weaken(resource);
  expect(found(resource)).toContain(rule);
});

test('cdk-nag sees what an override mends', () => {
  const resource = new CfnBucket(stackFixture().stack, 'B');
  expect(found(resource)).toContain('AwsSolutions-S1');
  resource.addPropertyOverride('LoggingConfiguration', { DestinationBucketName: 'logs', LogFilePrefix: 'b/' });
  expect(found(resource)).not.toContain('AwsSolutions-S1');
});

test('documents keep their own spelling', () => {
  const policy = new CfnManagedPolicy(stackFixture().stack, 'P', { policyDocument: { Statement: [] } });
  policy.addPropertyOverride('PolicyDocument', { Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: { 'Fn::Join': ['', [{ 'Fn::GetAtt': ['B', 'Arn'] }, '/*']] } }] });
  expect(found(policy)).toContain('AwsSolutions-IAM5[Resource::<B.Arn>/*]');
});

test.each<[string, (stack: Stack) => CfnResource, string]>([
  ['a resource of no class', s => new CfnResource(s, 'R', { type: 'X::Y::Z', properties: { A: 1 } }), 'A'],
  ['a resource without a property it needs', s => new CfnManagedPolicy(s, 'R', { policyDocument: {} }), 'PolicyDocument'],
])('%s is left as it is', (_, make, property) => {
  const resource = make(stackFixture().stack);
  resource.addPropertyDeletionOverride(property);
  expect(asRendered(resource)).toBe(resource);
});

test('tags can be overridden', () => {
  const { stack } = stackFixture();
  const model = new CfnModel(stack, 'M', {});
  model.addPropertyOverride('Tags', [{ Key: 'a', Value: 'b' }]);
  expect(stack.resolve((asRendered(model) as CfnModel).tags.renderTags())).toEqual([{ key: 'a', value: 'b' }]);
});
