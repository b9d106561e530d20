import { IRole } from 'aws-cdk-lib/aws-iam';
import { CfnModel, CfnModelProps } from 'aws-cdk-lib/aws-sagemaker';
import { Construct } from 'constructs';
import { InferenceModel } from './inference-model';
import { checkSurroundings } from './model-fit';
import { BoundModel } from './model-source';
import { Problems } from '../../core/problems';
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
  const problems = new Problems();
  checkSurroundings('model', model, { networkIsolation, vpc: vpcConfig !== undefined }, problems); // only here are both known for every kind
  problems.throwIfAny(scope);
  const bound = model._bind(scope);
  const permitted = permitRole(scope, role, ...bound.permissions);
  const resource = new CfnModel(scope, id, {
    vpcConfig,
    executionRoleArn: role.roleArn,
    enableNetworkIsolation: networkIsolation,
    ...renderContainers(bound),
  });
  resource.node.addDependency(...permitted, ...bound.dependencies);
  return resource.attrModelName;
}

/** https://docs.aws.amazon.com/sagemaker/latest/dg/multi-container-create.html */
function renderContainers({ containers, mode }: BoundModel): Pick<CfnModelProps, 'primaryContainer' | 'containers' | 'inferenceExecutionConfig'> {
  return mode === undefined ? { primaryContainer: containers[0] } : { containers, inferenceExecutionConfig: { mode } };
}
