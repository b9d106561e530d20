import { IModelRegistry } from './model-registry';
import { sagemakerArn } from '../core/stacks';
import { lowerCase } from '../core/tokens';
import { Permission } from '../identity/permission-statement';

const VERSIONS_REASON = 'The numbers of model versions are not known before they are registered.';

/** Registering model versions in one group. */
export function registerPermissions(registry: IModelRegistry): Permission[] {
  return [
    { actions: ['sagemaker:DescribeModelPackageGroup'], resources: [registry.modelPackageGroupArn] },
    {
      actions: ['sagemaker:AddTags', 'sagemaker:CreateModelPackage', 'sagemaker:DescribeModelPackage'],
      resources: [registry.modelPackageGroupArn, versionArn(registry, '*')],
      reason: VERSIONS_REASON,
    },
  ];
}

/** Reading one group and its model versions. */
export function readPermissions(registry: IModelRegistry): Permission[] {
  return [
    { actions: ['sagemaker:DescribeModelPackageGroup'], resources: [registry.modelPackageGroupArn] },
    { actions: ['sagemaker:DescribeModelPackage'], resources: [versionArn(registry, '*')], reason: VERSIONS_REASON },
    { actions: ['sagemaker:ListModelPackages'], resources: ['*'], reason: 'sagemaker:ListModelPackages knows no resources.' },
  ];
}

/** ARN of one version, or of all by `*`; in lower case, whatever the name of the group. */
export function versionArn(registry: IModelRegistry, version: number | '*'): string {
  return sagemakerArn(registry, 'model-package', `${lowerCase(registry.modelPackageGroupName)}/${version}`);
}
