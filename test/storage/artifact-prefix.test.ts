import { Construct } from 'constructs';
import { Fn } from 'aws-cdk-lib';
import { ArtifactPrefix } from '../../src';
import { Problems } from '../../src/core/problems';
import { errorOf, stackFixture } from '../helper';

function check(prefix: ArtifactPrefix): void {
  const problems = new Problems();
  prefix._check('prefix', problems);
  problems.throwIfAny(new Construct(stackFixture().stack, 'Sample'));
}

test('every place has a prefix of its own', () => {
  const { MODELS, DATASETS, CHECKPOINTS, PIPELINES, CAPTURE, BASELINES, OUTPUT, ALL } = ArtifactPrefix;
  expect([MODELS, DATASETS, CHECKPOINTS, PIPELINES, CAPTURE, BASELINES, OUTPUT, ALL].map(p => p.prefix))
    .toEqual(['models/', 'datasets/', 'checkpoints/', 'pipelines/', 'capture/', 'baselines/', 'output/', '']);
});

test.each(['a/', 'a/b/', 'models/churn-1.4/', `${Fn.importValue('x')}/`, Fn.importValue('x')])('%s is a place', prefix => {
  expect(() => check(ArtifactPrefix.of(prefix))).not.toThrow();
});

test.each(['a', '/', '/a/', '*/', 'a*/', 'a*b/', 'a?b/', 'a/*/b/', '*'])('%s is no place', prefix => {
  expect(errorOf(() => check(ArtifactPrefix.of(prefix)))).toContain(`prefix must end with '/', not begin with it, and hold no * or ?, got '${prefix}'`);
});

test('a place below a place', () => {
  expect(ArtifactPrefix.MODELS.below('churn').below('a/b').prefix).toBe('models/churn/a/b/');
  expect(ArtifactPrefix.ALL.below('mine').prefix).toBe('mine/');
  expect(() => check(ArtifactPrefix.MODELS.below('a*b'))).toThrow();
});
