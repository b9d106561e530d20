import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import { ComplianceEnforcement, JobDefaults, ModelArtifactBucket, SageMakerImage, SageMakerPipeline, TrainingChannel, TrainingStep, TrainingStepProps } from '../../../../src';
import { statementsOf } from '../../../helper';
import { definitionOf } from '../../definition-of';
import { strictFaults } from '../../strict';

export const image = SageMakerImage.fromUri('111122223333.dkr.ecr.eu-west-1.amazonaws.com/train:1');

export const PLAIN: TrainingStepProps = { image, channels: [TrainingChannel.s3('train', 's3://lake/train/')] };

/** A stack to take resources for props from, before the pipeline is made. */
export function newStack(): Stack {
  return new Stack(new App(), 'Stack', { env: { account: '111122223333', region: 'eu-west-1' } });
}

export function vpcOf(stack: Stack) {
  return Vpc.fromVpcAttributes(stack, 'Vpc', {
    vpcId: 'vpc-1', vpcCidrBlock: '10.0.0.0/16', availabilityZones: ['eu-west-1a', 'eu-west-1b'], privateSubnetIds: ['subnet-1', 'subnet-2'],
  });
}

/** Arguments of the first step, of a definition that the service's own model accepts. */
export function checkedArguments(stack: Stack): any {
  const definition = definitionOf(stack);
  const literal = JSON.stringify(definition).replace(/\$\{\w+\.GroupId\}/g, 'sg-1').replace(/\$\{\w+(\.\w+)?\}/g, 'arn:aws:iam::111122223333:role/any');
  expect(strictFaults(JSON.parse(literal))).toEqual([]);
  return definition.Steps[0].Arguments;
}

/** A pipeline with one training. */
export function fixture(props: Partial<TrainingStepProps> = {}, jobDefaults?: JobDefaults, stack = newStack(), enforcement?: ComplianceEnforcement) {
  const step = new TrainingStep('Train', { ...PLAIN, ...props });
  const artifacts = new ModelArtifactBucket(stack, 'Artifacts');
  new SageMakerPipeline(stack, 'Pipeline', { artifacts, steps: [step], jobDefaults, compliance: { enforcement } });
  return {
    stack,
    step,
    argumentsOf: () => checkedArguments(stack),
    statements: (role: 'PipelineRole' | 'PipelineJobRole') => statementsOf(Template.fromStack(stack), `${role}Policy`),
  };
}

/** What a step writes below the prefix of its pipeline. */
export const below = (end: string) => ({
  'Std:Join': { On: '', Values: [expect.stringMatching(/\/pipelines\/stack-pipeline-\w+\/$/), { Get: 'Execution.PipelineExecutionId' }, end] },
});
