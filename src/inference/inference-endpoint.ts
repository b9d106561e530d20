import { Arn, ArnFormat, Resource } from 'aws-cdk-lib';
import { IAlarmRef, IWidget, Metric, MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import { Connections, IConnectable } from 'aws-cdk-lib/aws-ec2';
import { Grant, IGrantable, IPrincipal, IRole } from 'aws-cdk-lib/aws-iam';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { CfnEndpoint, CfnEndpointConfig, EndpointReference } from 'aws-cdk-lib/aws-sagemaker';
import { TaskStateBase } from 'aws-cdk-lib/aws-stepfunctions';
import { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';
import { Construct } from 'constructs';
import { InvokeAsyncTaskProps } from './calling/invoke-async-task-props';
import { InvokeTaskProps } from './calling/invoke-task-props';
import { invokeAsyncTask, invokeTask } from './calling/invoke-tasks';
import { checkEndpoint, checkEndpointName, MAX_NAME, rolloutOf, wishesOf } from './endpoint-check';
import { endpointPermissions } from './endpoint-permissions';
import { ImportedEndpoint } from './imported-endpoint';
import { InferenceEndpointGrants, componentArn } from './inference-endpoint-grants';
import { IInferenceEndpoint } from './inference-endpoint-interface';
import { InferenceEndpointProps } from './inference-endpoint-props';
import { DataCapture } from '../jobs/data-capture';
import { sagemakerModel } from './models/sagemaker-model';
import { ModelMonitor } from './monitoring/model-monitor';
import { ModelMonitorOptions } from './monitoring/model-monitor-props';
import { ComponentMetrics } from './observing/component-metrics';
import { EndpointAlarms } from './observing/endpoint-alarms';
import { EndpointAlarmsOptions } from './observing/endpoint-alarms-options';
import { endpointWidgets } from './observing/endpoint-widgets';
import { HostedEndpoint, componentMetrics, physicalComponentName, variantMetrics } from './observing/hosted-endpoint';
import { InferenceEndpointMetrics } from './observing/inference-endpoint-metrics';
import { applyOverrides } from './overrides';
import { announceFailedUpdates } from './rollout/failed-updates';
import { WatchedAlarms } from './rollout/watched-alarms';
import { guardInstanceTypes } from './scaling-guard/instance-type-note';
import { watchForNames } from '../app/same-names';
import { bakeInChecks, sealChecks } from '../compliance/baked-in';
import { physicalName } from '../core/names';
import { Problems } from '../core/problems';
import { lowerCase } from '../core/tokens';
import { deadLettersMetric } from '../delivery/dead-letter-alarm';
import { MlRole } from '../identity/ml-role';
import { permitRole } from '../identity/permission';
import { encryptionKey } from '../identity/stack-key';
import { placeInVpc } from '../network/vpc-placement';

/** https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_DescribeEndpoint.html */
const ARN = /^arn:[a-z-]+:sagemaker:[a-z0-9-]+:\d{12}:endpoint\/[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}$/;

/**
 * A SageMaker endpoint that answers predictions.
 *
 * Makes a model, an endpoint configuration, an endpoint, a role and an alarm. The container has no network, its volumes are encrypted with a
 * customer-managed key, requests go to the instance with the fewest open ones, and an update runs on new instances beside the old ones and
 * rolls back when the container fails more than 5 % of its calls.
 *
 * Children that may be changed as an escape hatch: `Model`, `RealTimeConfig`, `RealTime`, `Role/Resource`, `Role/Policy/Resource`,
 * `AllTrafficErrors` and, if asked for, `AllTrafficLatency` and `FailedUpdates/Rule`.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/realtime-endpoints.html
 *
 * @example
 * declare const models: ModelRegistry;
 * const endpoint = new InferenceEndpoint(this, 'Endpoint', { model: InferenceModel.fromModelPackage(models, { version: 1 }) });
 * endpoint.grants.invoke(caller);
 */
@propertyInjectable
export class InferenceEndpoint extends Resource implements IInferenceEndpoint, IGrantable, IConnectable {
  /** By this id a property injector of CDK finds the endpoints of an app. */
  public static readonly PROPERTY_INJECTION_ID = 'cdk-ml-patterns.InferenceEndpoint';

  /**
   * Imports an endpoint of this account and Region, to call it and to watch it.
   *
   * @param scope where the import stands
   * @param id its id there
   * @param endpointName name of the endpoint
   */
  public static fromEndpointName(scope: Construct, id: string, endpointName: string): IInferenceEndpoint {
    const problems = new Problems();
    checkEndpointName(endpointName, problems);
    problems.throwIfAny(scope, 'InferenceEndpoint', id);
    return new ImportedEndpoint(scope, id, { endpointName });
  }

  /**
   * Imports an endpoint of any account and Region, to call it and to watch it. Endpoints have no policy of their own, so somebody of another account calls
   * by a role of the endpoint's account.
   *
   * @param scope where the import stands
   * @param id its id there
   * @param endpointArn ARN of the endpoint
   */
  public static fromEndpointArn(scope: Construct, id: string, endpointArn: string): IInferenceEndpoint {
    const problems = new Problems();
    problems.pattern('endpointArn', endpointArn, ARN, "look like 'arn:aws:sagemaker:eu-west-1:111122223333:endpoint/churn'");
    problems.throwIfAny(scope, 'InferenceEndpoint', id);
    return new ImportedEndpoint(scope, id, { endpointArn, endpointName: Arn.split(endpointArn, ArnFormat.SLASH_RESOURCE_NAME).resourceName! });
  }

  /** Name of the endpoint; who uses it is deployed after the endpoint. No output is made: `new CfnOutput(this, 'Name', { value: endpoint.endpointName })` makes one. */
  public readonly endpointName: string;

  /** ARN of the endpoint; who uses it is deployed after the endpoint. */
  public readonly endpointArn: string;

  /** Reference for everything in CDK that takes an endpoint. */
  public readonly endpointRef: EndpointReference;

  /** The role with which SageMaker loads the model and runs it. */
  public readonly role: IRole;

  /** Who is granted what is granted to the endpoint: its role. */
  public readonly grantPrincipal: IPrincipal;

  /** The key that encrypts the volumes. */
  public readonly encryptionKey: IKey;

  /** Permissions to call the endpoint. */
  public readonly grants: InferenceEndpointGrants;

  /**
   * What it captures, for its monitors.
   *
   * @internal
   */
  public readonly _capture?: DataCapture;

  /**
   * How it is hosted.
   *
   * @internal
   */
  public readonly _hosted: HostedEndpoint;

  /** @internal */
  public readonly _servesMultiModel: boolean;

  private ofMainVariant?: InferenceEndpointMetrics;
  private readonly network?: Connections;
  private readonly watched: WatchedAlarms;

  constructor(scope: Construct, id: string, props: InferenceEndpointProps) {
    super(scope, id);
    const problems = new Problems();
    const hosting = checkEndpoint(this, props, problems);
    bakeInChecks(this, props.compliance, problems);
    const { kind, fleet } = hosting!;
    const rollout = rolloutOf(props);

    const name = props.endpointName ?? physicalName(this, MAX_NAME, kind);
    watchForNames(this, 'endpoint', lowerCase(name)); // https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateEndpoint.html: in any case
    const role = props.role ?? new MlRole(this, 'Role', { service: 'sagemaker.amazonaws.com', description: `Runs the endpoint ${name}` });
    const key = encryptionKey(this, props.encryptionKey, false, props.compliance);
    const place = placeInVpc(this, props, 'Containers of a SageMaker endpoint');
    const vpcConfig = place?.config;
    const bound = hosting!.bind({
      key,
      vpcConfig,
      scope: this,
      endpointName: name,
      roleArn: role.roleArn,
      wishes: wishesOf(props),
      rollback: rollout._settings,
      componentRollout: rollout._components,
      model: (modelId, model, { networkIsolation }) => sagemakerModel(this, modelId, { model, role, networkIsolation, vpcConfig }),
    });
    const watched = new WatchedAlarms(this, bound.alarms, rollout._alarms);
    const permitted = permitRole(this, role,
      ...endpointPermissions(this, name), () => watched.permissions(), ...place?.permissions ?? [], ...bound.permissions);
    const config = new CfnEndpointConfig(this, `${kind}Config`, bound.config);
    applyOverrides(config, bound.overrides);
    config.node.addDependency(...permitted); // that of inference components has no model that waits for the role
    const endpoint = new CfnEndpoint(this, kind, {
      deploymentConfig: rollout._render(watched),
      endpointName: name,
      endpointConfigName: config.attrEndpointConfigName,
      ...rollout._renderRetained(bound.retained),
    });
    if (place !== undefined) { endpoint.node.addDependency(place.waysOut(endpoint)); } // containers load their artifact, and more, as soon as they start
    guardInstanceTypes(props.instanceTypeChanges, { endpoint, key, scope: this, endpointName: name, variants: bound.attach(endpoint) });
    if (props.onFailedUpdate) { announceFailedUpdates(this, { topic: props.onFailedUpdate, endpointName: name, config, endpoint }); }

    this.node.defaultChild = endpoint;
    this.encryptionKey = key;
    this.endpointName = endpoint.attrEndpointName;
    this.endpointArn = endpoint.ref;
    this.endpointRef = { endpointArn: this.endpointArn };
    this.role = role;
    this.grantPrincipal = role.grantPrincipal;
    this._hosted = { scope: this, endpointName: name, kind: hosting! };
    this.grants = InferenceEndpointGrants._of(this, fleet.components.map(c => physicalComponentName(this._hosted, c)), this.asynchronous);
    this.network = place?.connections;
    this.watched = watched;
    this._capture = hosting!.capture;
    this._servesMultiModel = hosting!.servesMultiModel ?? false;
    sealChecks(this);
  }

  /** Metrics of the endpoint: of its main variant, the first one. */
  public get metrics(): InferenceEndpointMetrics {
    return this.ofMainVariant ??= variantMetrics(this._hosted);
  }

  /** Security groups of the containers' network interfaces; an error for an endpoint without a VPC. */
  public get connections(): Connections {
    const problems = new Problems();
    problems.check(this.network !== undefined, 'it has no connections, since it is not in a VPC: give it vpc');
    problems.throwIfAny(this);
    return this.network!;
  }

  /**
   * Lets one more alarm roll updates back: one on `metrics`, say, which know the endpoint by its name and so do not wait for it.
   *
   * @param alarm a metric alarm in the account and Region of the endpoint; all in all at most 10
   */
  public addRollbackAlarm(alarm: IAlarmRef): void {
    this.watched.add(alarm);
  }

  /**
   * Name in the account of an inference component of this endpoint, by which callers ask for it.
   *
   * @param name its name within the endpoint, as `componentName` says it
   */
  public inferenceComponentName(name: string): string {
    return physicalComponentName(this._hosted, name);
  }

  /**
   * Watches what the endpoint captures; its hosting must have `dataCapture`.
   *
   * @param id id of the monitor, unique in the endpoint
   * @param options what is watched, when, and who is told
   */
  public addMonitor(id: string, options: ModelMonitorOptions): ModelMonitor {
    return new ModelMonitor(this, id, { endpoint: this, ...options });
  }

  /**
   * Lets `grantee` call the endpoint; the same as `grants.invoke`, for CDK's own interface. An asynchronous endpoint is called by `grants.invokeAsync`.
   *
   * @param grantee who calls
   */
  public grantInvoke(grantee: IGrantable): Grant {
    return this.grants.invoke(grantee);
  }

  /**
   * Metrics of one of the variants.
   *
   * @param variantName a production or shadow variant
   */
  public metricsOf(variantName: string): InferenceEndpointMetrics {
    return variantMetrics(this._hosted, variantName);
  }

  /**
   * Metrics of one of the inference components.
   *
   * @param componentName the inference component, or adapter, as the program calls it
   */
  public componentMetrics(componentName: string): ComponentMetrics {
    return componentMetrics(this._hosted, componentName);
  }

  /**
   * Number of notices of failed updates that could not be delivered and wait in the dead-letter queue; the maximum unless the options say otherwise. An
   * error for an endpoint without `onFailedUpdate`, which has no such queue.
   *
   * @param options changes to the metric
   */
  public metricDeadLetters(options?: MetricOptions): Metric {
    return deadLettersMetric(this, 'it has no onFailedUpdate', options);
  }

  /**
   * Makes the standard alarms for the way in which the endpoint is hosted: of each production variant, or inference component, but not of shadow variants.
   * Each can be changed and left out. Once: for a second set there is `new EndpointAlarms(scope, id, { endpoint })`.
   *
   * @param options what the alarms go by and whom they tell
   */
  public addAlarms(options: EndpointAlarmsOptions = {}): EndpointAlarms {
    const problems = new Problems();
    problems.check(!(this.node.tryFindChild('Alarms') instanceof EndpointAlarms),
      'it has the alarms of addAlarms already: for a second set take new EndpointAlarms(scope, id, { endpoint, ... })');
    problems.throwIfAny(this);
    return new EndpointAlarms(this, 'Alarms', { ...options, endpoint: this });
  }

  /** Graphs of calls, failures, latency, resources and capacity, to put on any dashboard: `dashboard.addWidgets(...endpoint.widgets())`. */
  public widgets(): IWidget[] {
    return endpointWidgets(this._hosted);
  }

  /**
   * A state for a state machine of Step Functions that calls the endpoint and waits for the answer: its result has `Body`, `ContentType` and
   * `InvokedProductionVariant`. The state machine may then call exactly this endpoint.
   *
   * @param scope where the state stands
   * @param id its id there, which is also its name
   * @param props what is sent, and whatever states have
   */
  public invokeTask(scope: Construct, id: string, props: InvokeTaskProps): TaskStateBase {
    const name = props.componentName === undefined ? undefined : physicalComponentName(this._hosted, props.componentName);
    return invokeTask(scope, id, { ...this.target, component: name === undefined ? undefined : { name, arn: componentArn(this, name) } }, props);
  }

  /**
   * A state for a state machine of Step Functions that sends a request to an asynchronous endpoint and goes on at once: its result has `OutputLocation`,
   * `FailureLocation` and `InferenceId`. The topics of the endpoint tell when the answer is there, with the same `InferenceId`.
   *
   * @param scope where the state stands
   * @param id its id there, which is also its name
   * @param props where the request lies, and whatever states have
   */
  public invokeAsyncTask(scope: Construct, id: string, props: InvokeAsyncTaskProps): TaskStateBase {
    return invokeAsyncTask(scope, id, this.target, props);
  }

  private get target() {
    return { endpointName: this.endpointName, endpointArn: this.endpointArn, asynchronous: this.asynchronous };
  }

  private get asynchronous(): boolean {
    return this._hosted.kind.kind === 'Asynchronous';
  }
}
