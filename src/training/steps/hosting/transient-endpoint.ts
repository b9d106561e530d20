import { IRole } from 'aws-cdk-lib/aws-iam';
import { EndpointConfigStep } from './endpoint-config-step';
import { EndpointStep } from './endpoint-step';
import { StepVariant } from './step-variant';
import { deleteAfterwards, LastStep } from './transient-deletion';
import { accept } from '../../../compliance/excuses';
import { Problems } from '../../../core/problems';
import { permitRole } from '../../../identity/permission';
import { readingsOf, stepNameIn, toldToWaitFor } from '../../definition/placed-step';
import { JobDefaults } from '../job-defaults';
import { JobStep } from '../job-step';
import { ModelStep } from '../models/model-step';
import { StepModel } from '../models/step-model';
import { namePrefix, onNamed } from '../named';
import { PipelineStep } from '../pipeline-step';
import { MadePipeline, StepContext } from '../step-context';

const CALLS_ENDPOINT = 'The test calls the endpoint, which a container without a network cannot.';

/**
 * Properties of a TransientEndpoint.
 */
export interface TransientEndpointProps {
  /** The model that is tried. */
  readonly model: StepModel;

  /**
   * Type of the instance, for example `ml.m5.large`, or a parameter.
   *
   * @default 'ml.m5.large'
   */
  readonly instanceType?: string;

  /**
   * Number of instances, or a parameter.
   *
   * @default 1
   */
  readonly instanceCount?: number;

  /**
   * The role of the containers that serve the model. What they need is added to it.
   *
   * @default - the role of the jobs of the pipeline
   */
  readonly role?: IRole;

  /**
   * Isolation and network of the containers that serve the model, in place of those of the pipeline.
   *
   * @default - the job defaults of the pipeline
   */
  readonly jobDefaults?: JobDefaults;
}

/**
 * An endpoint that is there while an execution of a pipeline tests a model, and is deleted however the execution ends.
 *
 * Gives three steps, which make a model, a configuration and an endpoint under a name that no other execution has. The pipeline that gets them also gets a rule
 * of EventBridge and a state machine, which deletes the three: as soon as the only test has ended, if no other step uses one of the three, and in any case when the execution has succeeded, failed or
 * was stopped, whether there is an endpoint by then or not. It waits until a half-made endpoint can be deleted, and until it is gone, for up to three hours. A
 * deletion that fails, or is not done by then, goes to the dead-letter queue of the pipeline, and is told to the topic `onFailure` of its notifications: the
 * endpoint is then to be deleted by hand.
 *
 * An execution that is retried with `RetryPipelineExecution` does not make the endpoint anew: start another one.
 *
 * @example
 * declare const image: SageMakerImage;
 *
 * const trial = new TransientEndpoint('Trial', {
 *   model: StepModel.fromContainer({ image, modelArtifact: 's3://models/churn/model.tar.gz' }),
 * });
 * const test = new ProcessingStep('Test', {
 *   image,
 *   arguments: ['--endpoint', trial.endpointName],
 *   jobDefaults: JobDefaults.secure({ networkIsolation: false }),
 * });
 * trial.testedBy(test);
 * new SageMakerPipeline(this, 'Pipeline', { steps: [trial.modelStep, trial.configStep, trial.endpointStep, test] });
 */
export class TransientEndpoint {
  /** Makes the model: `<id>-Model`. */
  public readonly modelStep: ModelStep;

  /** Makes the configuration: `<id>-Config`. */
  public readonly configStep: EndpointConfigStep;

  /** Makes the endpoint: `<id>-Endpoint`. */
  public readonly endpointStep: EndpointStep;

  private readonly tests: JobStep[] = [];

  /**
   * @param id begins the names of the steps: letters, digits, dashes and underscores
   * @param props model and instances
   */
  constructor(private readonly id: string, props: TransientEndpointProps) {
    const { model, instanceType, instanceCount, role, jobDefaults } = props;
    this.modelStep = new ModelStep(`${id}-Model`, { model, role, jobDefaults });
    this.configStep = new EndpointConfigStep(`${id}-Config`, { variants: [StepVariant.instances(this.modelStep.modelName, { instanceType, instanceCount })] });
    this.endpointStep = new TransientEndpointStep(`${id}-Endpoint`, this.configStep.endpointConfigName, made => this.bind(made));
    this.configStep._nameId = id;
    this.endpointStep._nameId = id;
  }

  /** The steps, for the steps of a pipeline or of a branch. */
  public get steps(): PipelineStep[] {
    return [this.modelStep, this.configStep, this.endpointStep];
  }

  /** Name of the endpoint; a step that uses it runs when the endpoint can be called. */
  public get endpointName(): string {
    return this.endpointStep.endpointName;
  }

  /**
   * Makes steps run when the endpoint can be called, and lets their roles call it. Their jobs need a network: give them job defaults with
   * `networkIsolation: false`, and with a VPC if need be.
   *
   * If it is one step, and no other one uses an output of the three steps or waits for one of them, the endpoint is deleted when that has ended, even while
   * other steps go on; in the body of a ForEachStep it has not ended before the execution has.
   *
   * @param steps the tests
   */
  public testedBy(...steps: JobStep[]): TransientEndpoint {
    steps.forEach(step => step.after(this.endpointStep));
    this.tests.push(...steps);
    return this;
  }

  private bind({ context, steps, pipelineArn, pipelineArns, jobRole, failureTopic }: MadePipeline): void {
    const { scope } = context;
    const problems = new Problems();
    for (const test of this.tests) {
      const isolated = test._own(context).protection.networkIsolation === true;
      problems.check(!isolated, `step '${test.stepName}' cannot call the endpoint of '${this.id}', since its job has no network: give it jobDefaults: JobDefaults.secure({ networkIsolation: false })`);
    }
    problems.throwIfAny(scope);
    accept(scope, 'serviceCannot', this.tests.map(test => ({ rule: `ML-SM13[${test.stepName}]`, reason: CALLS_ENDPOINT })));
    const invoke = onNamed(scope, 'endpoint', this.endpointStep._name(scope), 'sagemaker:InvokeEndpoint');
    new Set(this.tests.map(t => t._role ?? jobRole())).forEach(role => permitRole(scope, role, invoke));
    deleteAfterwards(scope, `${this.id}Deletion`, {
      pipelineArn,
      pipelineArns,
      namePrefix: namePrefix(scope, this.id),
      modelStepName: this.modelStep.stepName,
      failureTopic,
      lastStep: () => this.lastStep(steps, context),
    });
  }

  /** The only test, if it runs once and no other step of the pipeline uses endpoint, configuration or model. */
  private lastStep(steps: PipelineStep[], context: StepContext): LastStep | undefined {
    const [test, ...more] = this.tests;
    if (test === undefined || more.length > 0) { return undefined; }
    const names = this.steps.map(s => s.stepName);
    const others = steps.filter(s => s !== test && !names.includes(s.stepName)).map(s => s._renderAlone(context));
    const isUsed = others.some(o => [...readingsOf(o).map(r => stepNameIn(r.path) ?? ''), ...toldToWaitFor(o)].some(name => names.includes(name)));
    const isLooped = steps.some(s => s._type === 'ForEach' && s._all().includes(test));
    const { RetryPolicies } = test._renderAlone(context) as { RetryPolicies?: object };
    return isUsed || isLooped ? undefined : { stepName: test.stepName, isRetried: RetryPolicies !== undefined };
  }
}

/** The step that has its endpoint deleted. */
class TransientEndpointStep extends EndpointStep {
  constructor(stepName: string, endpointConfigName: string, private readonly bind: (made: MadePipeline) => void) {
    super(stepName, { endpointName: 'transient', endpointConfigName });
  }

  public _made(made: MadePipeline): void {
    super._made(made);
    this.bind(made);
  }
}
