import { Resource } from 'aws-cdk-lib';
import { Grant, IGrantable, IPrincipal, IRole } from 'aws-cdk-lib/aws-iam';
import { IKey, IKeyRef } from 'aws-cdk-lib/aws-kms';
import { CfnEndpoint, CfnEndpointConfig, CfnModel, EndpointReference, IEndpoint } from 'aws-cdk-lib/aws-sagemaker';
import { Construct } from 'constructs';
import { endpointPermissions } from './endpoint-permissions';
import { Hosting } from './hosting';
import { HostingKind } from './hosting-kind';
import { ImportedEndpoint } from './imported-endpoint';
import { InferenceEndpointGrants } from './inference-endpoint-grants';
import { InferenceEndpointMetrics } from './inference-endpoint-metrics';
import { InferenceModel } from './inference-model';
import { bakeInChecks, sealChecks } from '../compliance/baked-in';
import { ComplianceOptions } from '../compliance/compliance-options';
import { physicalName } from '../core/names';
import { Problems } from '../core/problems';
import { MlRole } from '../identity/ml-role';
import { permitRole } from '../identity/permission';
import { encryptionKey } from '../identity/stack-key';

/** https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateEndpoint.html */
const MAX_NAME = 63;
const NAME = /^[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}$/;

/**
 * Properties of an InferenceEndpoint. Either `model` or `hosting` is needed.
 */
export interface InferenceEndpointProps {
  /**
   * The model to serve, the short way to write `hosting: Hosting.realTime({ model })`.
   *
   * @default - what `hosting` says
   */
  readonly model?: InferenceModel;

  /**
   * How the model is hosted.
   *
   * @default - real-time, on one instance of the type ml.m5.large
   */
  readonly hosting?: Hosting;

  /**
   * Name of the endpoint: up to 63 letters, digits and dashes. Another name makes another endpoint.
   *
   * @default - made of the stack's name, the construct path and the kind of hosting, in lower case
   */
  readonly endpointName?: string;

  /**
   * Key that encrypts the volumes of the instances.
   *
   * @default - a customer-managed key with rotation, shared by the constructs of this library in the stack
   */
  readonly encryptionKey?: IKeyRef;

  /**
   * The role with which SageMaker loads the model and runs it. What this endpoint needs is added to it.
   *
   * @default - a role that may do what this endpoint needs, and nothing else
   */
  readonly role?: IRole;

  /**
   * How the compliance checks judge the construct.
   *
   * @default - findings of the packs MlSecurity and AwsSolutions stop synth
   */
  readonly compliance?: ComplianceOptions;
}

/**
 * A SageMaker endpoint that answers predictions.
 *
 * Makes a model, an endpoint configuration, an endpoint, a role and an alarm. The container has no network, its volumes are encrypted with a
 * customer-managed key, requests go to the instance with the fewest open ones, and an update runs on new instances beside the old ones and
 * rolls back when the container fails more than 5 % of its calls.
 *
 * Children that may be changed as an escape hatch: `Model`, `RealTimeConfig`, `RealTime`, `Role/Resource`, `Role/Policy/Resource`, `AllTrafficErrors`.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/realtime-endpoints.html
 *
 * @example
 * declare const models: ModelRegistry;
 * const endpoint = new InferenceEndpoint(this, 'Endpoint', { model: InferenceModel.fromModelPackage(models, { version: 1 }) });
 * endpoint.grants.invoke(caller);
 */
export class InferenceEndpoint extends Resource implements IEndpoint, IGrantable {
  /**
   * Imports an endpoint of this account and Region, to call it. To watch one, `InferenceEndpointMetrics.fromEndpointName` needs no import.
   *
   * @param scope where the import stands
   * @param id its id there
   * @param endpointName name of the endpoint
   */
  public static fromEndpointName(scope: Construct, id: string, endpointName: string): IEndpoint {
    const problems = new Problems();
    problems.pattern('endpointName', endpointName, NAME, 'be 1 to 63 letters, digits and dashes');
    problems.throwIfAny(scope, 'InferenceEndpoint', id);
    return new ImportedEndpoint(scope, id, endpointName);
  }

  /** Name of the endpoint; who uses it is deployed after the endpoint. */
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

  /** Metrics of the endpoint. */
  public readonly metrics: InferenceEndpointMetrics;

  constructor(scope: Construct, id: string, props: InferenceEndpointProps) {
    super(scope, id);
    const problems = new Problems();
    const hosting = checked(this, props, problems);
    bakeInChecks(this, props.compliance, problems);
    const { kind, mainVariant } = hosting!;

    const name = props.endpointName ?? physicalName(this, MAX_NAME, kind);
    const role = props.role ?? new MlRole(this, 'Role', { service: 'sagemaker.amazonaws.com', description: `Runs the endpoint ${name}` });
    const key = encryptionKey(this, props.encryptionKey, false, props.compliance);
    const { config, alarms, deploymentConfig, permissions } = hosting!.bind({
      key,
      scope: this,
      endpointName: name,
      model: (modelId, model, { networkIsolation }) => this.model(modelId, model, networkIsolation, role),
    });
    permitRole(this, role, ...endpointPermissions(this, name, alarms), ...permissions);
    const endpoint = new CfnEndpoint(this, kind, {
      deploymentConfig,
      endpointName: name,
      endpointConfigName: new CfnEndpointConfig(this, `${kind}Config`, config).attrEndpointConfigName,
    });

    this.node.defaultChild = endpoint;
    this.encryptionKey = key;
    this.endpointName = endpoint.attrEndpointName;
    this.endpointArn = endpoint.ref;
    this.endpointRef = { endpointArn: this.endpointArn };
    this.role = role;
    this.grantPrincipal = role.grantPrincipal;
    this.grants = InferenceEndpointGrants.fromEndpoint(this);
    this.metrics = InferenceEndpointMetrics.fromEndpointName(name, mainVariant);
    sealChecks(this);
  }

  /**
   * Lets `grantee` call the endpoint; the same as `grants.invoke`, for CDK's own interface.
   *
   * @param grantee who calls
   */
  public grantInvoke(grantee: IGrantable): Grant {
    return this.grants.invoke(grantee);
  }

  /** The model waits for the role's policies: SageMaker pulls image and artifact as soon as the model is there. */
  private model(id: string, model: InferenceModel, enableNetworkIsolation: boolean, role: IRole): string {
    const { container, permissions, dependencies } = model._bind(this);
    const permitted = permitRole(this, role, ...permissions);
    const resource = new CfnModel(this, id, { executionRoleArn: role.roleArn, enableNetworkIsolation, primaryContainer: container });
    resource.node.addDependency(...permitted, ...dependencies);
    return resource.attrModelName;
  }
}

/** How to host; undefined only where that is one of the problems. */
function checked(scope: Construct, props: InferenceEndpointProps, problems: Problems): HostingKind | undefined {
  const given = [props.model, props.hosting].filter(x => x !== undefined).length;
  problems.check(given === 1, `either model or hosting must be given, got ${given === 0 ? 'neither' : 'both'}`);
  problems.pattern('endpointName', props.endpointName, NAME, 'be 1 to 63 letters, digits and dashes');
  const hosting = props.hosting ?? (props.model && Hosting.realTime({ model: props.model }));
  hosting?._kind.check(problems, scope);
  return hosting?._kind;
}
