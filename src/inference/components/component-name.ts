import { Token } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { hashOf, physicalName } from '../../core/names';

/** https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_InferenceComponentSummary.html */
const MAX_NAME = 63;

/** Name in the account of a component of the endpoint that `scope` is; another one if the endpoint gets another name, since components cannot move. */
export function componentName(scope: IConstruct, endpointName: string, name: string): string {
  return physicalName(scope, MAX_NAME, name, ...ofGivenName(scope, endpointName));
}

/** Id of the component among the children of the endpoint. */
export function componentId(scope: IConstruct, endpointName: string, name: string): string {
  return [`${name}Component`, ...ofGivenName(scope, endpointName).map(hashOf)].join('');
}

/** What the program calls the endpoint, if it does; a name that is only known at deployment cannot be told apart. */
function ofGivenName(scope: IConstruct, endpointName: string): string[] {
  return Token.isUnresolved(endpointName) || endpointName === physicalName(scope, MAX_NAME, 'Components') ? [] : [endpointName];
}
