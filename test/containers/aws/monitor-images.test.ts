import { Fn } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { SageMakerImage } from '../../../src';
import { errorOf, warningsOf } from '../../helper';
import { Kind, monitored } from '../../inference/monitoring/fixture';

const imageIn = (region: string | undefined, kind: Kind) => {
  const { definition } = monitored(kind, {}, region ? { env: { region, account: '111122223333' } } : undefined);
  return definition(kind).Properties[`${kind}AppSpecification`].ImageUri;
};

test.each<[string, Kind, string]>([
  ['eu-west-1', 'DataQuality', '468650794304.dkr.ecr.eu-west-1.|/sagemaker-model-monitor-analyzer'],
  ['us-west-2', 'ModelQuality', '159807026194.dkr.ecr.us-west-2.|/sagemaker-model-monitor-analyzer'],
  ['us-east-1', 'ModelBias', '205585389593.dkr.ecr.us-east-1.|/sagemaker-clarify-processing:1.0'],
  ['cn-north-1', 'ModelExplainability', '122526803553.dkr.ecr.cn-north-1.|/sagemaker-clarify-processing:1.0'],
])('in %s the image of %s comes from AWS', (region, kind, image) => {
  const [before, after] = image.split('|');
  expect(imageIn(region, kind)).toEqual({ 'Fn::Join': ['', [before, { Ref: 'AWS::URLSuffix' }, after]] });
});

test('in a stack for any Region, CloudFormation looks it up', () => {
  expect(imageIn(undefined, 'ModelBias')).toEqual({
    'Fn::Join': ['', [
      { 'Fn::FindInMap': ['ModelMonitorAccounts', { Ref: 'AWS::Region' }, 'clarify'] }, '.dkr.ecr.', { Ref: 'AWS::Region' }, '.', { Ref: 'AWS::URLSuffix' },
      '/sagemaker-clarify-processing:1.0',
    ]],
  });
  const { Mappings } = monitored('DataQuality').template().toJSON();
  expect(Mappings.ModelMonitorAccounts['eu-west-1']).toEqual({ analyzer: '468650794304', clarify: '131013547314' });
  for (const accounts of Object.values<any>(Mappings.ModelMonitorAccounts)) {
    Object.values(accounts).forEach(account => expect(account).toMatch(/^\d{12}$/));
  }
});

test('in one Region there is no table', () => {
  expect(monitored('ModelQuality', {}, { env: { region: 'eu-west-1', account: '111122223333' } }).template().toJSON()).not.toHaveProperty('Mappings');
});

test.each<[string, Kind, string]>([
  ['mars-north-1', 'DataQuality', 'sagemaker-model-monitor-analyzer'], ['eu-south-2', 'ModelBias', 'sagemaker-clarify-processing'],
])('in %s an image must be given', (region, kind, repository) => {
  expect(errorOf(() => imageIn(region, kind))).toContain(`has 1 problem:\n  - image must be given: it is not known where AWS keeps ${repository} in ${region}`);
});

test.each(['mars-north-1', 'us-gov-west-1'])('an image that is given works in %s too, also where the one that merges is not known', region => {
  const image = SageMakerImage.fromUri('111122223333.dkr.ecr.eu-west-1.amazonaws.com/monitor:1');
  const { stack, definition } = monitored('ModelBias', { image }, { env: { region, account: '111122223333' } });
  expect(definition('ModelBias').Properties.ModelBiasAppSpecification.ImageUri).toBe(image.imageUri);
  expect(JSON.stringify(Template.fromStack(stack))).not.toContain('undefined');
});

test('an image whose repository is not known is warned of', () => {
  const { stack } = monitored('DataQuality', { image: SageMakerImage.fromUri(Fn.importValue('Monitor')) });
  Template.fromStack(stack);
  expect(warningsOf(stack)).toEqual([expect.stringContaining('cdk-ml-patterns:imagePermissionsUnknown')]);
});
