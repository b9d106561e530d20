import { CfnModel } from 'aws-cdk-lib/aws-sagemaker';
import { IConstruct } from 'constructs';
import { ModelTraits } from './model-traits';
import { Problems } from '../../core/problems';
import { Permission } from '../../identity/permission-statement';

/** How requests reach several containers: one after the other, or the one that the request names. */
export type ExecutionMode = 'Serial' | 'Direct';

/** What a model becomes in one endpoint. */
export interface BoundModel {
  readonly containers: CfnModel.ContainerDefinitionProperty[];
  /** Only of several containers. */
  readonly mode?: ExecutionMode;
  readonly permissions: (Permission | (() => Permission[]))[];
  /** What must be there before the model. */
  readonly dependencies: IConstruct[];
}

/** Where a model comes from. */
export interface ModelSource {
  /** What kinds of hosting must know before they take it. */
  readonly traits: ModelTraits;
  check(name: string, problems: Problems, scope: IConstruct): void;
  /** `scope` is the construct that serves the model. */
  bind(scope: IConstruct): BoundModel;
}
