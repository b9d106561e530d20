import { CfnEndpointConfig } from 'aws-cdk-lib/aws-sagemaker';
import { Problems } from '../../core/problems';
import { MlInstanceType } from '../../instances/ml-instance-type';

/** https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_InstancePool.html */
const MAX_POOLS = 5;

/** As the properties of a variant are checked: the pools are tried in the order in which they are given. */
export function checkInstancePools(name: string, types: MlInstanceType[] | undefined, problems: Problems): void {
  problems.count(name, types, 1, MAX_POOLS);
  types?.forEach((type, i) => type._check(`${name}[${i}]`, problems));
  if (types !== undefined) { problems.unique(name, types.map(t => t.instanceTypeName)); }
}

/** The first one has the highest priority. */
export function renderInstancePools(types: MlInstanceType[] | undefined): CfnEndpointConfig.InstancePoolsProperty[] | undefined {
  return types?.map((type, i) => ({ instanceType: type.instanceTypeName, priority: i + 1 }));
}
