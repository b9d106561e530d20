import { ITopicRef } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { announce } from '../../delivery/announcement';

/** Tells a topic of jobs that did not end well. https://docs.aws.amazon.com/sagemaker/latest/dg/automating-sagemaker-with-eventbridge.html#eventbridge-transform */
export function announceFailedJobs(scope: Construct, topic: ITopicRef, jobNamePrefix: string): void {
  announce(scope, 'FailedJobs', {
    topic,
    description: `Batch transform jobs ${jobNamePrefix} that fail or are stopped`,
    eventPattern: {
      'source': ['aws.sagemaker'],
      'detail-type': ['SageMaker Transform Job State Change'],
      'detail': { TransformJobName: [{ prefix: `${jobNamePrefix}-` }], TransformJobStatus: ['Failed', 'Stopped'] },
    },
  });
}
