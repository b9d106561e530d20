import { IModelRegistry } from './model-registry';
import { sagemakerArn } from '../core/arns';
import { Permission } from '../identity/permission';

const VERSIONS_REASON = 'The numbers of model versions are not known before they are registered.';

/** Registering model versions in one group. */
export function registerPermissions(registry: IModelRegistry): Permission[] {
  return [
    { actions: ['sagemaker:DescribeModelPackageGroup'], resources: [registry.modelPackageGroupArn] },
    {
      actions: ['sagemaker:AddTags', 'sagemaker:CreateModelPackage', 'sagemaker:DescribeModelPackage'],
      resources: [registry.modelPackageGroupArn, versions(registry)],
      reason: VERSIONS_REASON,
    },
  ];
}

/** Reading one group and its model versions. */
export function readPermissions(registry: IModelRegistry): Permission[] {
  return [
    { actions: ['sagemaker:DescribeModelPackageGroup'], resources: [registry.modelPackageGroupArn] },
    { actions: ['sagemaker:DescribeModelPackage'], resources: [versions(registry)], reason: VERSIONS_REASON },
    { actions: ['sagemaker:ListModelPackages'], resources: ['*'], reason: 'sagemaker:ListModelPackages knows no resources.' },
  ];
}

function versions(registry: IModelRegistry): string {
  return sagemakerArn(registry, 'model-package', `${registry.modelPackageGroupName}/*`);
}
