import { InferenceEndpoint, InferenceModel, SageMakerImage } from '../../src';
import { stackFixture, statementsOf } from '../helper';

const IMAGE = SageMakerImage.fromUri('111122223333.dkr.ecr.eu-west-1.amazonaws.com/churn:1.4.2');

test('the role may do exactly what its endpoint needs', () => {
  const { stack, template } = stackFixture({ stack: { env: { account: '111122223333', region: 'eu-west-1' } } });
  new InferenceEndpoint(stack, 'Endpoint', { model: InferenceModel.fromContainer({ image: IMAGE }), endpointName: 'churn' });
  const arn = (rest: string) => ({ 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, `:${rest}`]] });
  const logs = 'logs:eu-west-1:111122223333:log-group:/aws/sagemaker/Endpoints/churn';
  const key = { 'Fn::GetAtt': [expect.stringMatching(/^MlEncryptionKey/), 'Arn'] };
  expect(statementsOf(template(), 'EndpointRole')).toEqual([
    { Effect: 'Allow', Action: 'ecr:GetAuthorizationToken', Resource: '*' },
    { Effect: 'Allow', Action: ['ecr:BatchCheckLayerAvailability', 'ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'], Resource: arn('ecr:eu-west-1:111122223333:repository/churn') },
    { Effect: 'Allow', Action: ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:DescribeLogStreams', 'logs:PutLogEvents'], Resource: [arn(logs), arn(`${logs}:log-stream:*`)] },
    { Effect: 'Allow', Action: 'cloudwatch:PutMetricData', Resource: '*', Condition: { StringEquals: { 'cloudwatch:namespace': ['AWS/SageMaker', '/aws/sagemaker/Endpoints'] } } },
    { Effect: 'Allow', Action: 'cloudwatch:DescribeAlarms', Resource: { 'Fn::GetAtt': [expect.stringMatching(/^EndpointAllTrafficErrors/), 'Arn'] } },
    { Effect: 'Allow', Action: 'kms:CreateGrant', Resource: key, Condition: { Bool: { 'kms:GrantIsForAWSResource': 'true' } } },
    { Effect: 'Allow', Action: ['kms:Decrypt', 'kms:DescribeKey', 'kms:GenerateDataKeyWithoutPlaintext'], Resource: key },
  ]);
});
