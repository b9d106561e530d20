import { CheckDatasetFormat, ClarifyCheck, ClarifyExplanation, ClarifyField, MonitoredTransform, QualityCheck, QualityCheckStep } from '../../../src';
import { definitionOf } from '../../training/definition-of';
import { checking, configsOf } from '../../training/steps/checks/fixture';

const check = QualityCheck.dataQuality({ format: CheckDatasetFormat.csv() });
const { stack } = checking(() => [new QualityCheckStep('Check', { dataset: 's3://bucket/in/', check })]);
const cluster = definitionOf(stack).Steps[0].Arguments.ProcessingResources.ClusterConfig;
const format = CheckDatasetFormat.csv()._json;

/** What stands in the file of an analysis with little said. */
function analysis(explanation: ClarifyExplanation) {
  const { app } = checking(() => MonitoredTransform.clarify('T', {
    transform: { modelName: 'm', input: 's3://bucket/in/' }, monitor: { check: ClarifyCheck.modelExplainability({ modelName: 'm', explanation }) },
  }).steps);
  return JSON.parse(configsOf(app)[0].content);
}

const shap = analysis(ClarifyExplanation.shap());
const { pdp } = analysis(ClarifyExplanation.partialDependence({ features: [ClarifyField.at(0)] })).methods;
const data: any = ClarifyCheck.fromFile('DATA_BIAS' as any, 's3://bucket/c.json')._define();
const transform = MonitoredTransform.quality('T', { transform: { modelName: 'm', input: 's3://bucket/in/' }, monitor: { check } });

export const ROWS = [
  ['CheckStepProps.instanceType', "'ml.m5.xlarge'", cluster.InstanceType, 'ml.m5.xlarge'],
  ['CheckStepProps.instanceCount', '1', cluster.InstanceCount, 1],
  ['CheckStepProps.volumeSize', 'Size.gibibytes(30)', cluster.VolumeSizeInGB, 30],
  ['CsvFormatOptions.header', 'true', JSON.parse(format).csv.header, true],
  ['CsvFormatOptions.outputColumnsAtEnd', 'false', JSON.parse(format).csv.output_columns_position, 'START'],
  ['ClarifyDataOptions.dataType', 'ClarifyDataType.CSV', shap.dataset_type, 'text/csv'],
  ['ClarifyDataOptions.gzipped', 'false', data.dataset.gzipped, undefined],
  ['ClarifyFileOptions.gzipped', 'false', data.dataset.gzipped, undefined],
  ['ClarifyModelOptions.modelInstanceType', "'ml.m5.large'", shap.predictor.instance_type, 'ml.m5.large'],
  ['ClarifyModelOptions.modelInstanceCount', '1', shap.predictor.initial_instance_count, 1],
  ['ClarifyShapOptions.useLogit', 'false', shap.methods.shap.use_logit, false],
  ['ClarifyShapOptions.saveLocalValues', 'true', shap.methods.shap.save_local_shap_values, true],
  ['PartialDependenceOptions.gridResolution', '15', pdp.grid_resolution, 15],
  ['PartialDependenceOptions.topFeatures', '10', pdp.top_k_features, 10],
  ['MonitoredTransformOptions.monitorBeforeTransform', 'false', transform.transformStep._after, []],
];
