import { measureNames } from '../../../src/training/happy-path/measure-names';

test.each<[string[], string[]]>([
  [['regression_metrics.mse.value'], ['Mse']],
  [['auc'], ['Auc']],
  [["metrics['f1'].value"], ['F1']],
  [['a.b'], ['B']],
  [['metrics.auc.mean', 'metrics.rmse.result', 'f1.score'], ['Auc', 'Rmse', 'F1']],
  [['score'], ['Score']],
  [[''], ['Metric']],
  [['train.auc', 'test.auc', 'mse'], ['TrainAuc', 'TestAuc', 'Mse']],
  [['auc', 'test.auc.value'], ['Auc', 'TestAuc']],
  [['a.b', 'a-b', 'a.b.value'], ['AB', 'AB2', 'AB3']],
])('%p measure %p', (paths, measures) => {
  expect([...measureNames(paths).values()]).toEqual(measures);
});
