import { CfnResource } from 'aws-cdk-lib';
import { applyOverrides, below } from '../../src/inference/overrides';
import { onlyResource, stackFixture } from '../helper';

test('overrides stand below a path, and those without a value are left out', () => {
  expect(below('List.0', [{ path: 'A.B', value: 0 }, { path: 'C', value: undefined }])).toEqual([{ path: 'List.0.A.B', value: 0 }]);
});

test('they reach the template beside what CDK knows', () => {
  const { stack, template } = stackFixture();
  const resource = new CfnResource(stack, 'Resource', { type: 'Own::Type', properties: { List: [{ Known: 1 }] } });
  applyOverrides(resource, below('List.0', [{ path: 'New', value: { Deep: true } }]));
  expect(onlyResource(template(), 'Own::Type').Properties).toEqual({ List: [{ Known: 1, New: { Deep: true } }] });
});
