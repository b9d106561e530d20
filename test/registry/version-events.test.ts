import { Match } from 'aws-cdk-lib/assertions';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { ModelRegistry } from '../../src';
import { stackFixture } from '../helper';

test.each<['onVersionApproved' | 'onVersionPending', string]>([['onVersionApproved', 'Approved'], ['onVersionPending', 'PendingManualApproval']])('%s is a rule of CDK', (method, status) => {
  const { stack, template } = stackFixture();
  const models = new ModelRegistry(stack, 'Models', { modelPackageGroupName: 'churn' });
  models[method]('Rule', { description: 'Mine', eventPattern: { account: ['111122223333'] }, target: new SqsQueue(new Queue(stack, 'Queue')) });
  template().hasResourceProperties('AWS::Events::Rule', {
    Description: 'Mine',
    EventPattern: {
      'source': ['aws.sagemaker'],
      'detail-type': ['SageMaker Model Package State Change'],
      'account': ['111122223333'],
      'detail': { ModelPackageGroupName: ['churn'], ModelPackageStatus: ['Completed'], ModelApprovalStatus: [status] },
    },
    Targets: [{ Arn: { 'Fn::GetAtt': [Match.stringLikeRegexp('^Queue'), 'Arn'] } }],
  });
});

test('an imported registry has them too', () => {
  const { stack, template } = stackFixture();
  ModelRegistry.fromModelPackageGroupName(stack, 'Models', 'known').onVersionApproved('Rule');
  template().hasResourceProperties('AWS::Events::Rule', { EventPattern: { detail: { ModelPackageGroupName: ['known'] } } });
});
