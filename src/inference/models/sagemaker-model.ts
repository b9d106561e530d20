import { IRole } from 'aws-cdk-lib/aws-iam';
import { CfnModel } from 'aws-cdk-lib/aws-sagemaker';
import { Construct } from 'constructs';
import { InferenceModel } from './inference-model';
import { permitRole } from '../../identity/permission';

/** How a model runs. */
export interface SageMakerModelOptions {
  readonly model: InferenceModel;
  readonly role: IRole;
  readonly networkIsolation: boolean;
  readonly vpcConfig?: CfnModel.VpcConfigProperty;
}

/** Makes a model that waits for the policies of its role, since SageMaker pulls image and artifact as soon as the model is there; returns its name. */
export function sagemakerModel(scope: Construct, id: string, { model, role, networkIsolation, vpcConfig }: SageMakerModelOptions): string {
  const { container, permissions, dependencies } = model._bind(scope);
  const permitted = permitRole(scope, role, ...permissions);
  const resource = new CfnModel(scope, id, {
    vpcConfig,
    executionRoleArn: role.roleArn,
    enableNetworkIsolation: networkIsolation,
    primaryContainer: container,
  });
  resource.node.addDependency(...permitted, ...dependencies);
  return resource.attrModelName;
}
