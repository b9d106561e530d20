import { App, Duration, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { ModelArtifactBucket, PipelineTrigger, ProcessingStep, SageMakerImage, SageMakerPipeline } from '../../../src';

function started() {
  const stack = new Stack(new App(), 'Started');
  const artifacts = new ModelArtifactBucket(stack, 'Artifacts');
  new SageMakerPipeline(stack, 'Pipeline', {
    artifacts,
    steps: [new ProcessingStep('Process', { image: SageMakerImage.fromUri('111122223333.dkr.ecr.eu-west-1.amazonaws.com/images:1') })],
    triggers: [PipelineTrigger.onSchedule(ScheduleExpression.rate(Duration.days(1))), PipelineTrigger.onNewData({ data: artifacts.dataset('a') })],
    guardRails: {},
  });
  const template = Template.fromStack(stack);
  const first = (type: string) => Object.values<any>(template.findResources(type))[0].Properties;
  const [bucket] = Object.entries<any>(template.findResources('AWS::S3::Bucket')).filter(([id]) => id.startsWith('ArtifactsBucket')).map(([, b]) => b.Properties);
  return {
    retry: first('AWS::Scheduler::Schedule').Target.RetryPolicy,
    passed: first('AWS::Events::Rule').Targets[0].SageMakerPipelineParameters.PipelineParameterList,
    expiration: bucket.LifecycleConfiguration.Rules.find((r: any) => r.Prefix !== undefined).ExpirationInDays,
    conditions: JSON.stringify(template.findResources('AWS::IAM::ManagedPolicy')),
  };
}

const { retry, passed, expiration, conditions } = started();

export const ROWS = [
  ['ScheduleTriggerOptions.retryAttempts', '3', retry.MaximumRetryAttempts, 3],
  ['ScheduleTriggerOptions.maxEventAge', 'Duration.hours(1)', retry.MaximumEventAgeInSeconds, 3600],
  ['NewDataTriggerOptions.passObject', 'false', passed, []],
  ['ModelArtifactBucketProps.intermediateExpiration', 'Duration.days(30)', expiration, 30],
  ['PipelineGuardRails.requireNetworkIsolation', 'false', conditions.includes('sagemaker:NetworkIsolation'), false],
  ['PipelineGuardRails.requireTrafficEncryption', 'false', conditions.includes('sagemaker:InterContainerTrafficEncryption'), false],
  ['PipelineGuardRails.forbidRemoteDebug', 'false', conditions.includes('sagemaker:EnableRemoteDebug'), false],
  ['PipelineGuardRails.requireManualApproval', 'false', conditions.includes('sagemaker:ModelApprovalStatus'), false],
];
