import { CfnParameter } from 'aws-cdk-lib';
import { CfnModel } from 'aws-cdk-lib/aws-sagemaker';
import { dependencyCycle, errorOf, expectCompliant, stackFixture } from './helper';
import { ModelArtifactBucket } from '../src';

test.each<[string, any, string[] | undefined]>([
  ['Ref and GetAtt', { A: { P: { Ref: 'B' } }, B: { P: { 'Fn::GetAtt': ['A', 'Arn'] } } }, ['A', 'B', 'A']],
  ['DependsOn and Sub', { A: { DependsOn: 'B' }, B: { P: { 'Fn::Sub': 'x-${A.Arn}' } } }, ['A', 'B', 'A']],
  ['a longer way', { A: { DependsOn: ['B'] }, B: { P: [{ Ref: 'C' }] }, C: { P: { Ref: 'B' } } }, ['B', 'C', 'B']],
  ['a chain', { A: { P: { Ref: 'B' } }, B: { P: { Ref: 'C' } }, C: { P: { Ref: 'AWS::Region' } } }, undefined],
])('a circle by %s is found, or is none', (_, Resources, cycle) => {
  expect(dependencyCycle({ Resources })).toEqual(cycle);
});

test('expectCompliant fails where nothing was judged', () => {
  const { stack } = stackFixture();
  new CfnParameter(stack, 'P');
  expect(() => expectCompliant(stack)).toThrow();
});

test('expectCompliant fails on a finding and prints it', () => {
  const { stack } = stackFixture({ context: { 'cdk-ml-patterns:compliance': 'report' } });
  const bucket = new ModelArtifactBucket(stack, 'Artifacts');
  new CfnModel(bucket, 'Bad', { executionRoleArn: 'arn', primaryContainer: { image: 'x:1' } });
  expect(errorOf(() => expectCompliant(stack))).toContain('ML-SM1 at Stack/Artifacts/Bad');
});
