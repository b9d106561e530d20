import { checking } from './fixture';
import {
  CheckDatasetFormat, ClarifyCheck, ClarifyExplanation, ClarifyField, ClarifyValues, MonitoredTransform, ProblemType, QualityCheck, QualityCheckStep,
} from '../../../../src';
import { errorOf, expectCompliant } from '../../../helper';
import { definitionOf } from '../../definition-of';

const transform = { modelName: 'churn', input: 's3://lake/today/' };
const format = CheckDatasetFormat.csv();
const DATA = QualityCheck.dataQuality({ format });

const stepsOf = (scoring: MonitoredTransform) => {
  const { stack } = checking(() => scoring.steps);
  expectCompliant(stack);
  return definitionOf(stack).Steps;
};
const dataOf = (step: any) => step.Arguments.ProcessingInputs.find((i: any) => /dataset/.test(i.InputName)).S3Input.S3Uri;

test('after the transform, its output is checked', () => {
  const scoring = MonitoredTransform.quality('Score', { transform, monitor: { check: DATA, suppliedBaselineConstraints: 's3://lake/c.json' } });
  const [first, second] = stepsOf(scoring);
  expect([first.Name, first.Type, first.DependsOn]).toEqual(['Score-transform', 'Transform', undefined]);
  expect([second.Name, second.Type, second.DependsOn]).toEqual(['Score-monitoring', 'QualityCheck', ['Score-transform']]);
  expect(dataOf(second)).toEqual({ Get: 'Steps.Score-transform.TransformOutput.S3OutputPath' });
  expect(second).toMatchObject({ SkipCheck: false, FailOnViolation: true, SuppliedBaselineConstraints: 's3://lake/c.json' });
});

test('before the transform, its input is checked', () => {
  const scoring = MonitoredTransform.quality('Score', { transform, monitor: { check: DATA }, monitorBeforeTransform: true });
  const [first, second] = stepsOf(scoring);
  expect([first.DependsOn, second.DependsOn]).toEqual([['Score-monitoring'], undefined]);
  expect(dataOf(second)).toBe('s3://lake/today/');
});

test('other data may be checked, by Clarify too, and the steps are there to be changed', () => {
  const check = ClarifyCheck.modelExplainability({ modelName: 'churn', explanation: ClarifyExplanation.shap() });
  const scoring = MonitoredTransform.clarify('Score', { transform, monitor: { check }, dataset: 's3://lake/other/', monitorBeforeTransform: true });
  scoring.checkStep.addOverride('FailOnViolation', false);
  scoring.transformStep.addOverride('Arguments.BatchStrategy', 'MultiRecord');
  const [first, second] = stepsOf(scoring);
  expect([second.CheckType, second.FailOnViolation, dataOf(second)]).toEqual(['MODEL_EXPLAINABILITY', false, 's3://lake/other/']);
  expect(first.Arguments.BatchStrategy).toBe('MultiRecord');
});

test.each<[string, () => void]>([
  ['MODEL_QUALITY', () => MonitoredTransform.quality('Score', {
    transform, monitor: { check: QualityCheck.modelQuality({ format, problemType: ProblemType.REGRESSION }) }, monitorBeforeTransform: true,
  })],
  ['MODEL_BIAS', () => MonitoredTransform.clarify('Score', {
    transform,
    monitor: { check: ClarifyCheck.modelBias({ modelName: 'm', labelValues: ClarifyValues.numbers(1), facets: [{ field: ClarifyField.at(0) }] }) },
    monitorBeforeTransform: true,
  })],
])('%s needs the answers of the model', (type, run) => {
  expect(errorOf(run)).toBe(`MonitoredTransform 'Score' can only check DATA_QUALITY and MODEL_EXPLAINABILITY before the transform, got ${type}`);
});

test('the statistics of a check of quality are known', () => {
  const { checkStep } = MonitoredTransform.quality('Score', { transform, monitor: { check: DATA } });
  expect(checkStep).toBeInstanceOf(QualityCheckStep);
});
