import { Topic } from 'aws-cdk-lib/aws-sns';
import { Hosting, InferenceEndpoint, InferenceModel, Rollout, SageMakerImage } from '../../../src';
import { dependencyCycle, expectCompliant, onlyResource, stackFixture, warningsOf } from '../../helper';

const MODEL = InferenceModel.fromContainer({ image: SageMakerImage.fromUri('111122223333.dkr.ecr.eu-west-1.amazonaws.com/churn:1.4.2') });

function announced(hosting = Hosting.realTime({ model: MODEL })) {
  const fixture = stackFixture();
  const topic = Topic.fromTopicArn(fixture.stack, 'Topic', 'arn:aws:sns:eu-west-1:111122223333:operators');
  new InferenceEndpoint(fixture.stack, 'Endpoint', { hosting, rollout: Rollout.allAtOnce(), endpointName: 'churn', onFailedUpdate: topic });
  return fixture;
}

test('an update that is rolled back without a word is announced (terraform-provider-aws#48997)', () => {
  const { template } = announced();
  const [config] = Object.keys(template().findResources('AWS::SageMaker::EndpointConfig'));
  expect(onlyResource(template(), 'AWS::Events::Rule').Properties).toMatchObject({
    Description: 'Updates of the endpoint churn that fail or are rolled back',
    EventPattern: {
      'source': ['aws.sagemaker'],
      'detail-type': ['SageMaker Endpoint State Change', 'SageMaker Endpoint Deployment State Change'],
      'detail': {
        EndpointName: ['churn'],
        $or: [
          { EndpointStatus: ['ROLLING_BACK', 'UPDATE_ROLLBACK_FAILED', 'FAILED'] },
          { EndpointStatus: ['IN_SERVICE'], EndpointConfigName: [{ 'anything-but': { 'equals-ignore-case': { 'Fn::GetAtt': [config, 'EndpointConfigName'] } } }] },
        ],
      },
    },
    Targets: [{ Id: 'Topic', Arn: 'arn:aws:sns:eu-west-1:111122223333:operators' }],
  });
});

test('the rule knows the new configuration before the endpoint gets it, and no circle comes of it', () => {
  const { template } = announced();
  const [rule] = Object.keys(template().findResources('AWS::Events::Rule'));
  expect(onlyResource(template(), 'AWS::SageMaker::Endpoint').DependsOn).toEqual([rule]);
  expect(dependencyCycle(template().toJSON())).toBeUndefined();
});

test('it is clean and warns of nothing', () => {
  const { stack } = announced();
  expectCompliant(stack);
  expect(warningsOf(stack)).toEqual([]);
});

test('without a topic nothing is made', () => {
  const { stack, template } = stackFixture();
  new InferenceEndpoint(stack, 'Endpoint', { model: MODEL });
  for (const type of ['AWS::Events::Rule', 'AWS::SQS::Queue', 'AWS::SNS::Topic']) { template().resourceCountIs(type, 0); }
});
