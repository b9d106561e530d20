import { downloads } from './environment';
import { InferenceModel } from './inference-model';
import { featureWords, hasFeature, ModelFeature, namedContainers } from './model-traits';
import { Problems } from '../../core/problems';
import { MlInstanceType } from '../../instances/ml-instance-type';

/** https://docs.aws.amazon.com/sagemaker/latest/dg/serverless-endpoints.html#serverless-endpoints-how-it-works-exclusions and, of data sources, API_ContainerDefinition */
export const SERVERLESS_EXCLUDES: ModelFeature[] = ['severalContainers', 'multiModel', 'uncompressed', 'accessConditions', 'privateRegistry', 'marketplace'];

/** https://docs.aws.amazon.com/marketplace/latest/userguide/ml-service-restrictions-and-limits.html#asynchronous-inference */
export const ASYNCHRONOUS_EXCLUDES: ModelFeature[] = ['marketplace'];

/** https://docs.aws.amazon.com/sagemaker/latest/dg/shadow-tests-exclusions.html; of the production variant and of the shadow. */
export const SHADOW_EXCLUDES: ModelFeature[] = ['severalContainers', 'multiModel', 'marketplace'];

/** https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ContainerDefinition.html#sagemaker-Type-ContainerDefinition-ModelDataSource */
export const BATCH_EXCLUDES: ModelFeature[] = ['uncompressed', 'accessConditions', 'multiModel', 'privateRegistry'];

/** What surrounds a running model. */
export interface ModelSurroundings {
  readonly networkIsolation: boolean;
  readonly vpc: boolean;
}

/** All that keeps a model from a kind of hosting, in one problem; `kindWords` as in `a serverless endpoint`. */
export function checkModelFitsKind(name: string, model: InferenceModel, kindWords: string, excluded: ModelFeature[], problems: Problems): void {
  const found = featureWords(model._traits, excluded);
  problems.check(found.length === 0, `${name} cannot be served by ${kindWords}: it has ${found.join(', ')}`);
}

/** An image runs on the processors that it was built for only. */
export function checkPlatform(name: string, model: InferenceModel, instanceTypes: MlInstanceType[], problems: Problems): void {
  namedContainers(name, model._traits).forEach(([place, { image }]) => image?._checkRunsOn(`${place}.image`, instanceTypes, problems));
}

/** What the network lets the containers, and SageMaker on their behalf, do. */
export function checkSurroundings(name: string, model: InferenceModel, { networkIsolation, vpc }: ModelSurroundings, problems: Problems): void {
  for (const [place, { environment, image }] of namedContainers(name, model._traits)) {
    problems.check(vpc || image?._privateRegistry === undefined, `${place}.image is in a private registry, which SageMaker reaches through a VPC only: give the endpoint vpc`);
    downloads(environment ?? {}).forEach(key => problems.check(!networkIsolation, `${place}.environment.${key} makes the container download `
      + `'${environment![key]}', which network isolation forbids: bring the model as artifact and name its directory /opt/ml/model, or set networkIsolation to false`));
  }
  // https://docs.aws.amazon.com/sagemaker/latest/dg/mkt-algo-model-internet-free.html
  problems.check(networkIsolation || !hasFeature(model._traits, 'marketplace'), `${name} is from AWS Marketplace, which needs networkIsolation, got false`);
}
