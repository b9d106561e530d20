import { IConstruct } from 'constructs';
import { EndpointConfigStep } from './endpoint-config-step';
import { Problems } from '../../../core/problems';
import { keyValues } from '../../../core/sorted';
import { keyForVolumes } from '../../../identity/key-permissions';
import { Permission } from '../../../identity/permission-statement';
import { textParts } from '../../definition/render';
import { checkTags } from '../job-tags';
import { checkName, executionName, onNamed } from '../named';
import { PipelineStep } from '../pipeline-step';
import { StepContext, StepPermissions } from '../step-context';
import { CacheableStepProps } from '../step-props';

/**
 * Properties of an EndpointStep.
 */
export interface EndpointStepProps extends CacheableStepProps {
  /** Name of the endpoint: up to 63 letters, digits and dashes. */
  readonly endpointName: string;

  /** Name of its configuration: `endpointConfigName` of an EndpointConfigStep, or any name. */
  readonly endpointConfigName: string;

  /**
   * Tags of the endpoint.
   *
   * @default - none
   */
  readonly tags?: { [key: string]: string };
}

/**
 * A step that makes an endpoint or, if there is one of this name, updates it. It is billed until somebody deletes it.
 *
 * Endpoints that are to stay are better made by an InferenceEndpoint, which knows how to roll back, scale and watch them; for one that is only there to test a
 * model take a TransientEndpoint. How an update is rolled out is said with `addOverride('Arguments.DeploymentConfig', …)`.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateEndpoint.html
 */
export class EndpointStep extends PipelineStep {
  /**
   * Begins a name of each execution's own, in place of `endpointName`.
   *
   * @internal
   */
  public _nameId?: string;

  /**
   * @param stepName up to 64 letters, digits, dashes and underscores, unique in the pipeline
   * @param props names of endpoint and configuration
   */
  constructor(stepName: string, private readonly props: EndpointStepProps) {
    super(stepName, 'Endpoint', props);
  }

  /** Name of the endpoint; a step that uses it runs when the endpoint can be called. */
  public get endpointName(): string {
    return this._variable('EndpointName').asString();
  }

  /** ARN of the endpoint. */
  public get endpointArn(): string {
    return this._variable('EndpointArn').asString();
  }

  /** @internal */
  public _check(problems: Problems): void {
    super._check(problems);
    checkName(`step '${this.stepName}'.endpointName`, this.props.endpointName, problems);
    checkName(`step '${this.stepName}'.endpointConfigName`, this.props.endpointConfigName, problems);
    checkTags(`step '${this.stepName}'.tags`, this.props.tags, problems);
  }

  /**
   * Name of the endpoint, as it is known before it is made.
   *
   * @internal
   */
  public _name(scope: IConstruct): string {
    return this._nameId === undefined ? this.props.endpointName : executionName(scope, this._nameId);
  }

  /**
   * Both calls look at the configuration as well.
   *
   * @internal
   */
  public _permissions({ scope, protection: { key } }: StepContext): StepPermissions {
    const changes = ['sagemaker:CreateEndpoint', 'sagemaker:UpdateEndpoint'];
    return {
      pipeline: [
        onNamed(scope, 'endpoint', this._name(scope), 'sagemaker:AddTags', ...changes, 'sagemaker:DescribeEndpoint'),
        this.onConfig(scope, ...changes, 'sagemaker:DescribeEndpointConfig'),
        ...key === undefined ? [] : keyForVolumes(key),
      ],
      job: [],
    };
  }

  /** @internal */
  protected _arguments({ scope }: StepContext): object {
    return { EndpointName: this._name(scope), EndpointConfigName: this.props.endpointConfigName, Tags: keyValues(this.props.tags) };
  }

  private onConfig(scope: IConstruct, ...actions: string[]): Permission {
    const [first] = textParts(this.props.endpointConfigName);
    const step = typeof first === 'object' && first._step instanceof EndpointConfigStep ? first._step : undefined;
    return onNamed(scope, 'endpoint-config', step?._name(scope) ?? this.props.endpointConfigName, ...actions);
  }
}
