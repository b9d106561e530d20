import { Key } from 'aws-cdk-lib/aws-kms';
import { CfnFeatureGroup } from 'aws-cdk-lib/aws-sagemaker';
import { expectSdk } from './equal';
import { seedParameters } from './seed';
import {
  AthenaCompression, AthenaFormat, PipelineExecution, ProcessingInput, ProcessingOutput, ProcessingStep, SageMakerImage,
} from '../../../src';

const image = SageMakerImage.fromUri('111122223333.dkr.ecr.eu-west-1.amazonaws.com/p:1');
const out = (...below: string[]) => ['s3://ml-bucket/Proc', PipelineExecution.ID.asString(), ...below].join('/');
const KEY = 'arn:aws:kms:eu-west-1:111122223333:key/k';
const CODE = 's3://ml-bucket/Proc/code/483d666750d04a149d35b842a49007e7b65a30ea0f0d6f168299ea43e6f8f3c4/preprocess.py';

test('processing with a script, queries, streams and a feature group', () => {
  const parameters = seedParameters();
  const script = new ProcessingStep('Script', {
    image,
    entrypoint: ['python3', '/opt/ml/processing/input/code/preprocess.py'],
    arguments: ['--n', parameters.processingCount.asString()],
    inputs: [ProcessingInput.s3('code', CODE, { localPath: '/opt/ml/processing/input/code' })],
    outputs: [ProcessingOutput.of('o', { destination: out('Script', 'output', 'o') })],
    instanceType: 'ml.m5.large',
  });
  expectSdk('v2/processing_variants', stack => ({
    parameters: Object.values(parameters),
    steps: [script, new ProcessingStep('Data', {
      image,
      instanceType: 'ml.m5.large',
      instanceCount: 2,
      inputs: [
        ProcessingInput.athena('ath', {
          catalog: 'c',
          database: 'd',
          query: 'select 1',
          destination: 's3://ml-bucket/a',
          workGroup: 'w',
          encryptionKey: Key.fromKeyArn(stack, 'Key', KEY),
          format: AthenaFormat.PARQUET,
          compression: AthenaCompression.SNAPPY,
          localPath: '/opt/ml/processing/a',
        }),
        ProcessingInput.s3('s3', script.output('o'), { localPath: '/opt/ml/processing/s', manifest: true, pipe: true, sharded: true, gzipped: true }),
      ],
      outputs: [
        ProcessingOutput.of('cont', { destination: 's3://ml-bucket/c', localPath: '/opt/ml/processing/c', continuous: true }),
        ProcessingOutput.of('fg', { destination: out('Data', 'output', 'fg'), featureGroup: CfnFeatureGroup.fromFeatureGroupName(stack, 'Group', 'fg') }),
      ],
    })],
  }), [{
    path: '$.Steps[Data].Arguments.ProcessingInputs[ath].DatasetDefinition.AthenaDatasetDefinition.KmsKeyId',
    expected: 'k',
    actual: KEY,
    why: 'a key of CDK is named by its ARN',
  }]);
});
