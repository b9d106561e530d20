import { IKeyRef } from 'aws-cdk-lib/aws-kms';
import { PipelineGuardRails } from './pipeline-guard-rails';
import { knownKey } from '../../identity/key-behind';

/** Conditions of a statement, by operator and key. */
export type Conditions = Record<string, Record<string, unknown>>;

/** One rail: for which actions it holds, what IAM compares, and what a job must say. */
export interface Rail {
  /** Name of the property. */
  readonly name: keyof PipelineGuardRails;
  /** Actions that know the key. https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonsagemaker.html */
  readonly actions: string[];
  readonly conditions: Conditions;
  /** Whatever is found at the end of these paths in the arguments of a step must pass. */
  readonly paths: RegExp;
  /** Whether a job must say it. */
  readonly required: boolean;
  readonly allowed: Allowed;
}

/** What may stand there: one of some texts, a number that is not too high, or a flag. */
export type Allowed = { readonly texts: string[] } | { readonly most: number } | { readonly flag: boolean };

const of = (...kinds: string[]) => kinds.map(kind => `sagemaker:Create${kind}`);
const JOBS = of('HyperParameterTuningJob', 'ProcessingJob', 'TrainingJob');
const TRANSFORM = of('TransformJob');
const AUTOML = of('AutoMLJob', 'AutoMLJobV2');
const MODEL = of('Model');

/** The rails that are up. Conditions without `IfExists` also refuse a job that does not say the thing at all. */
export function railsOf(rails: PipelineGuardRails): Rail[] {
  const made: (Rail | undefined | false)[] = [
    rails.instanceTypes && texts('instanceTypes', [...JOBS, ...TRANSFORM], 'InstanceTypes', /(^|\.)InstanceType$/, rails.instanceTypes, 'StringLike'),
    // a serverless variant has no instance type, which must not be refused
    rails.instanceTypes && {
      name: 'instanceTypes',
      actions: of('EndpointConfig'),
      conditions: { 'ForAllValues:StringLike': { 'sagemaker:InstanceTypes': rails.instanceTypes } },
      paths: /(^|\.)InstanceType$/,
      required: false,
      allowed: { texts: rails.instanceTypes },
    },
    rails.subnets && texts('subnets', [...JOBS, ...AUTOML, ...MODEL], 'VpcSubnets', /VpcConfig\.Subnets$/, rails.subnets.map(s => s.subnetRef.subnetId), 'StringEquals'),
    rails.securityGroups && texts('securityGroups', [...JOBS, ...AUTOML, ...MODEL], 'VpcSecurityGroupIds', /VpcConfig\.SecurityGroupIds$/,
      rails.securityGroups.map(g => g.securityGroupRef.securityGroupId), 'StringEquals'),
    rails.volumeKeys && keys('volumeKeys', 'VolumeKmsKey', /(^|\.)VolumeKmsKeyId$/, namesOf(rails.volumeKeys)),
    rails.outputKeys && keys('outputKeys', 'OutputKmsKey', /(OutputDataConfig|ProcessingOutputConfig|TransformOutput)\.KmsKeyId$/, namesOf(rails.outputKeys)),
    rails.requireNetworkIsolation && flag('requireNetworkIsolation', [...JOBS, ...MODEL], 'NetworkIsolation', /(^|\.)EnableNetworkIsolation$/),
    rails.requireTrafficEncryption && flag('requireTrafficEncryption', [...JOBS, ...AUTOML], 'InterContainerTrafficEncryption',
      /(^|\.)EnableInterContainerTrafficEncryption$/),
    rails.maxRuntime && {
      name: 'maxRuntime',
      actions: JOBS,
      conditions: { NumericLessThanEquals: { 'sagemaker:MaxRuntimeInSeconds': `${rails.maxRuntime.toSeconds()}` } },
      paths: /StoppingCondition\.MaxRuntimeInSeconds$/,
      required: true,
      allowed: { most: rails.maxRuntime.toSeconds() },
    },
    rails.maxKeepAlive && {
      name: 'maxKeepAlive',
      actions: of('TrainingJob'),
      conditions: { NumericLessThanEqualsIfExists: { 'sagemaker:KeepAlivePeriod': `${rails.maxKeepAlive.toSeconds()}` } },
      paths: /(^|\.)KeepAlivePeriodInSeconds$/,
      required: false,
      allowed: { most: rails.maxKeepAlive.toSeconds() },
    },
    rails.forbidRemoteDebug && {
      name: 'forbidRemoteDebug',
      actions: of('TrainingJob'),
      conditions: { BoolIfExists: { 'sagemaker:EnableRemoteDebug': 'false' } },
      paths: /RemoteDebugConfig\.EnableRemoteDebug$/,
      required: false,
      allowed: { flag: false },
    },
    rails.requireManualApproval && {
      name: 'requireManualApproval',
      actions: of('ModelPackage'),
      conditions: { StringEquals: { 'sagemaker:ModelApprovalStatus': UNAPPROVED } },
      paths: /^ModelApprovalStatus$/,
      required: true,
      allowed: { texts: UNAPPROVED },
    },
  ];
  return made.filter((rail): rail is Rail => !!rail);
}

/** A key that is given by an alias may be named by that or by itself. */
function namesOf(allowed: IKeyRef[]): string[] {
  return [...new Set(allowed.flatMap(key => [key.keyRef.keyArn, knownKey(key).keyRef.keyArn]))];
}

const UNAPPROVED = ['PendingManualApproval', 'Rejected'];

/** A list of the request may hold no other value, and must be there: without `Null` an absent one passes. */
function texts(name: Rail['name'], actions: string[], key: string, paths: RegExp, allowed: string[], operator: string): Rail {
  const conditions = { [`ForAllValues:${operator}`]: { [`sagemaker:${key}`]: allowed }, Null: { [`sagemaker:${key}`]: 'false' } };
  return { name, actions, conditions, paths, required: true, allowed: { texts: allowed } };
}

function keys(name: Rail['name'], key: string, paths: RegExp, allowed: string[]): Rail {
  return { name, actions: [...JOBS, ...TRANSFORM, ...AUTOML], conditions: { ArnEquals: { [`sagemaker:${key}`]: allowed } }, paths, required: true, allowed: { texts: allowed } };
}

function flag(name: Rail['name'], actions: string[], key: string, paths: RegExp): Rail {
  return { name, actions, conditions: { Bool: { [`sagemaker:${key}`]: 'true' } }, paths, required: true, allowed: { flag: true } };
}
