import { CfnModel } from 'aws-cdk-lib/aws-sagemaker';
import { IConstruct } from 'constructs';
import { Problems } from '../../core/problems';
import { Permission } from '../../identity/permission-statement';

/** What a model becomes in one endpoint. */
export interface BoundModel {
  readonly container: CfnModel.ContainerDefinitionProperty;
  readonly permissions: (Permission | (() => Permission[]))[];
  /** What must be there before the model. */
  readonly dependencies: IConstruct[];
}

/** Where a model comes from. */
export interface ModelSource {
  check(name: string, problems: Problems, scope: IConstruct): void;
  /** `scope` is the construct that serves the model. */
  bind(scope: IConstruct): BoundModel;
}
