import { Stack } from 'aws-cdk-lib';
import { Alias, Key } from 'aws-cdk-lib/aws-kms';
import { definitionOf } from './definition-of';
import { ModelRegistry, RegisterModelStep, SageMakerImage, SageMakerPipeline } from '../../src';
import { railsOf } from '../../src/training/guard-rails/rails';
import { stackFixture, statementsOf } from '../helper';

const KEY = 'arn:aws:kms:eu-west-1:111122223333:key/1';
const ALIAS = 'arn:aws:kms:eu-west-1:111122223333:alias/ml';
const made = (stack: Stack) => new Alias(stack, 'Alias', { aliasName: 'ml', targetKey: Key.fromKeyArn(stack, 'Key', KEY) });
const byName = (stack: Stack) => Key.fromKeyArn(stack, 'Alias', ALIAS);

test.each<[string, (stack: Stack) => Key | Alias, string, object]>([
  ['an alias whose key is known', s => made(s), KEY, { Resource: KEY }],
  ['an alias', s => byName(s) as Key, ALIAS, {
    Resource: KEY.replace('/1', '/*'), Condition: { 'ForAnyValue:StringEquals': { 'kms:ResourceAliases': 'alias/ml' } },
  }],
])('the key of a registry that is given by %s may be used', (_, key, named, use) => {
  const { stack, template } = stackFixture({ stack: { env: { account: '111122223333', region: 'eu-west-1' } } });
  const registry = ModelRegistry.fromModelPackageGroupName(stack, 'Models', 'churn');
  const image = SageMakerImage.fromUri('111122223333.dkr.ecr.eu-west-1.amazonaws.com/churn:1');
  const step = new RegisterModelStep('Register', {
    registry, image, modelArtifact: 's3://b/m.tar.gz', contentTypes: ['text/csv'], instanceTypes: ['ml.m5.large'], registryKey: key(stack),
  });
  new SageMakerPipeline(stack, 'Pipeline', { steps: [step] });
  expect(definitionOf(stack).Steps[0].Arguments.SecurityConfig).toEqual({ KmsKeyId: named });
  expect(statementsOf(template(), 'PipelineRole').filter(s => [s.Action].flat().includes('kms:CreateGrant'))).toEqual([expect.objectContaining(use)]);
});

test('guard rails allow a key that is given by an alias by that and by itself', () => {
  const { stack } = stackFixture({ stack: { env: { account: '111122223333', region: 'eu-west-1' } } });
  const [rail] = railsOf({ volumeKeys: [made(stack)] });
  const { allowed } = rail as any;
  expect(stack.resolve(allowed.texts)).toEqual([expect.anything(), KEY]);
});
