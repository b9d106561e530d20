import { Match, Template } from 'aws-cdk-lib/assertions';
import { Construct } from 'constructs';
import { PipelineParameter, PipelineTrigger, ProcessingStep, ProcessingStepProps, SageMakerImage, SageMakerPipeline } from '../../../src';
import { onlyResource, stackFixture, statementsOf } from '../../helper';

export const image = SageMakerImage.fromUri('111122223333.dkr.ecr.eu-west-1.amazonaws.com/images:1');

/** A pipeline with one parameter of each type, and what starts it. */
export function triggered(
  triggerOf: (scope: Construct) => PipelineTrigger[], step: Partial<ProcessingStepProps> = {}, more: PipelineParameter[] = [],
) {
  const fixture = stackFixture({ stack: { env: { account: '111122223333', region: 'eu-west-1' } } });
  const parameters = [
    PipelineParameter.text('Place', { defaultValue: 'here' }),
    PipelineParameter.integer('Rounds', { defaultValue: 1 }),
    PipelineParameter.number('Rate', { defaultValue: 0.5 }),
    PipelineParameter.flag('Dry', { defaultValue: false }),
    PipelineParameter.text('Size', { defaultValue: 'small', allowedValues: ['small', 'large'] }),
    ...more,
  ];
  const process = new ProcessingStep('Process', { image, environment: { USES: parameters.map(p => p.asString()).join(' ') }, ...step });
  const pipeline = new SageMakerPipeline(fixture.stack, 'Pipeline', { steps: [process], parameters, triggers: triggerOf(fixture.stack) });
  return { ...fixture, pipeline };
}

/** The pattern of the only rule. */
export function patternOf(template: Template): any {
  return onlyResource(template, 'AWS::Events::Rule').Properties.EventPattern;
}

/** The rule starts the pipeline with these parameters, by a role that can do nothing else, and gives up into the queue. */
export function expectStarts({ stack, pipeline, template }: ReturnType<typeof triggered>, id: string, parameters: Record<string, string> = {}): void {
  const arn = stack.resolve(pipeline.pipelineArn);
  template().hasResourceProperties('AWS::Events::Rule', {
    Targets: [{
      Id: 'Pipeline',
      Arn: arn,
      RoleArn: { 'Fn::GetAtt': [Match.stringLikeRegexp(`^Pipeline${id}[0-9a-f]{8}Role`), 'Arn'] },
      SageMakerPipelineParameters: { PipelineParameterList: Object.entries(parameters).map(([Name, Value]) => ({ Name, Value })) },
      RetryPolicy: { MaximumRetryAttempts: 3, MaximumEventAgeInSeconds: 3600 },
      DeadLetterConfig: { Arn: { 'Fn::GetAtt': [Match.stringLikeRegexp('^PipelineDeadLetters'), 'Arn'] } },
    }],
  });
  expect(statementsOf(template(), `Pipeline${id}`)).toEqual([{ Effect: 'Allow', Action: 'sagemaker:StartPipelineExecution', Resource: arn }]);
}
