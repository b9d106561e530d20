import { Stack } from 'aws-cdk-lib';
import { InstanceProfile, Role } from 'aws-cdk-lib/aws-iam';
import { EmrServerlessApplication } from '../../../src';
import { renderCluster } from '../../../src/training/steps/emr/emr-cluster-options';

const stack = new Stack();
const cluster: any = renderCluster({
  releaseLabel: 'emr-7.1.0',
  serviceRole: Role.fromRoleName(stack, 'Role', 'role'),
  instanceProfile: InstanceProfile.fromInstanceProfileName(stack, 'Profile', 'profile'),
  primary: { instanceType: 'm5.xlarge' },
});
const [primary] = cluster.Instances.InstanceGroups;
const application: any = EmrServerlessApplication.ownApplication({ releaseLabel: 'emr-7.1.0' })._render();

export const ROWS = [
  ['EmrInstances.instanceCount', '1', primary.InstanceCount, 1],
  ['EmrInstances.spot', 'false', primary.Market === 'SPOT', false],
  ['EmrServerlessApplicationOptions.engine', "'Spark'", application.ApplicationConfig.type, 'Spark'],
];
