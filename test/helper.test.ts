import { CfnParameter } from 'aws-cdk-lib';
import { CfnRepository } from 'aws-cdk-lib/aws-ecr';
import { dependencyCycle, errorOf, expectCompliant, stackFixture } from './helper';
import { CustomContainerRepo } from '../src';

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
  const images = new CustomContainerRepo(stack, 'Images');
  (images.repository.node.defaultChild as CfnRepository).imageTagMutability = 'MUTABLE';
  expect(errorOf(() => expectCompliant(stack))).toContain('ML-ECR2 at Stack/Images/Repository/Resource');
});
