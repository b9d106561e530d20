import { isTrue, listOf, MlRule } from './rule';

export const modelInVpc: MlRule = {
  id: 'ML-SM2',
  level: 'warning',
  types: ['AWS::SageMaker::Model'],
  info: 'The model container reaches the network outside of a VPC, or depends on one Availability Zone: isolate it, or give VpcConfig with two Subnets and a SecurityGroupIds entry.',
  control: 'Config sagemaker-model-in-vpc',
  // A container without a network, and one that cannot be in a VPC, is not better off in one.
  check: ({ VpcConfig: vpc, EnableNetworkIsolation: isolated }) =>
    vpc === undefined ? isTrue(isolated) : several(vpc.Subnets) && listOf(vpc.SecurityGroupIds).length > 0,
};

/** A list that is only known at deployment passes. */
function several(subnets: unknown): boolean {
  return Array.isArray(subnets) ? subnets.length > 1 : subnets !== undefined;
}
