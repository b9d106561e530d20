import { CfnRule, IRuleRef, IRuleTarget, RuleTargetConfig } from 'aws-cdk-lib/aws-events';
import { addToDeadLetterQueueResourcePolicy, bindBaseTargetConfig, TargetBaseProps } from 'aws-cdk-lib/aws-events-targets';
import { IRole } from 'aws-cdk-lib/aws-iam';
import { IPipeline } from 'aws-cdk-lib/aws-sagemaker';
import { Problems } from '../../core/problems';
import { MlRole } from '../../identity/ml-role';
import { renderPassed, warnOfPassed } from '../triggers/trigger-parameters';

/**
 * Properties of a PipelineTarget.
 */
export interface PipelineTargetProps extends TargetBaseProps {
  /**
   * Values of the pipeline's parameters: texts of up to 1024 characters as they are, or, beginning with `$.`, a path into the event.
   *
   * @default - the defaults of the parameters
   */
  readonly parameters?: { [name: string]: string };

  /**
   * The role with which EventBridge starts the pipeline. It gets the right to.
   *
   * @default - a role that may do nothing else
   */
  readonly role?: IRole;
}

/**
 * Lets any rule of EventBridge start a pipeline, of this library or not.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/pipeline-eventbridge.html
 *
 * @example
 * declare const pipeline: SageMakerPipeline;
 *
 * new events.Rule(this, 'Drift', {
 *   eventPattern: { source: ['my.monitor'] },
 *   targets: [new PipelineTarget(pipeline, { parameters: { InputData: '$.detail.uri' } })],
 * });
 */
export class PipelineTarget implements IRuleTarget {
  /**
   * @param pipeline what is started
   * @param props parameters, role, and what becomes of events that could not be delivered
   */
  constructor(private readonly pipeline: IPipeline, private readonly props: PipelineTargetProps = {}) {}

  /**
   * Called by the rule.
   *
   * @param rule what starts the pipeline; one that is made in this app
   * @param id given by the rule
   */
  public bind(rule: IRuleRef, id?: string): RuleTargetConfig {
    const position = /^Target(\d+)$/.exec(id ?? '')?.[1];
    const resource = rule.node.defaultChild;
    const problems = new Problems();
    problems.check(resource instanceof CfnRule && position !== undefined, 'a PipelineTarget is given to the constructor or to addTarget of an events.Rule of this app, which takes its parameters');
    problems.throwIfAny(rule, 'PipelineTarget');
    // CDK's own targets do not know these parameters, without which EventBridge takes no pipeline
    (resource as CfnRule).addPropertyOverride(`Targets.${position}.SageMakerPipelineParameters`, {
      PipelineParameterList: renderPassed(this.props.parameters).pipelineParameterList.map(({ name, value }) => ({ Name: name, Value: value })),
    });
    warnOfPassed(rule, this.props.parameters);
    const { deadLetterQueue } = this.props;
    if (deadLetterQueue !== undefined) { addToDeadLetterQueueResourcePolicy(rule, deadLetterQueue); }
    const role = this.props.role ?? new MlRole(rule, `Starts${position}`, { service: 'events.amazonaws.com', description: 'Starts a pipeline' });
    this.pipeline.grantStartPipelineExecution(role);
    return { ...bindBaseTargetConfig(this.props), arn: this.pipeline.pipelineArn, role };
  }
}
