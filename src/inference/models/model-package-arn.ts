import { Stack, Token, Validations } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { warnOfSecrets } from './environment';
import { ModelSource } from './model-source';
import { checkPackaged, PackagedModelOptions, packagedPermissions, renderPackaged } from './packaged-model';
import { isElsewhere } from '../../core/stacks';

/** https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ContainerDefinition.html#sagemaker-Type-ContainerDefinition-ModelPackageName */
const ARN = /^(?=.{1,176}$)arn:aws[a-z-]*:sagemaker:([a-z0-9-]*):(\d{12}):model-package\/[a-zA-Z0-9][a-zA-Z0-9-]{0,62}(?<!-)(\/\d{1,9})?$/;

/**
 * A model package that something else made, and what its role must be able to read.
 */
export interface ModelPackageArnOptions extends PackagedModelOptions {
  /**
   * Whether the package is from AWS Marketplace. It then runs in network isolation, its image and artifact need no rights of yours, and the account
   * that deploys must have subscribed to it.
   *
   * @default - it is not
   */
  readonly marketplace?: boolean;
}

/**
 * A model package by its ARN.
 *
 * @internal
 */
export function packageArnSource(modelPackageArn: string, options: ModelPackageArnOptions): ModelSource {
  return {
    traits: { containers: [{ ...options, packageOrigin: 'arn' }], several: false },
    check(name, problems, scope) {
      problems.pattern(`${name}.modelPackageArn`, modelPackageArn, ARN, "be the ARN of a model package, 'arn:aws:sagemaker:…:model-package/name' or '…/name/version'");
      const [{ region }, own] = [partsOf(modelPackageArn), Stack.of(scope).region];
      problems.check(!isElsewhere(scope, { region }), `${name}.modelPackageArn must be in the Region of the endpoint, ${own}, got ${region}`);
      checkPackaged(name, options, problems, scope);
    },
    bind(scope) {
      const permissions = packagedPermissions(options);
      warnOfSecrets(scope, options.environment);
      warn(scope, modelPackageArn, options, permissions.length === 0);
      return { containers: [renderPackaged(modelPackageArn, options)], permissions, dependencies: [] };
    },
  };
}

function warn(scope: IConstruct, arn: string, { marketplace }: ModelPackageArnOptions, nothingNamed: boolean): void {
  const validations = Validations.of(scope);
  if (marketplace) { return; } // SageMaker itself may read what was bought
  const { account } = partsOf(arn);
  if (isElsewhere(scope, { account })) {
    validations.addWarning('cdk-ml-patterns:registryOfOtherAccount',
      `The model package belongs to the account ${account}: its group policy, the bucket, the key and the repository must let this account use the model.`);
  }
  if (nothingNamed) {
    validations.addWarning('cdk-ml-patterns:modelSourceUnknown',
      'Nothing tells where artifact and image of the model package are: name them in fromModelPackageArn, or let the endpoint role read them.');
  }
}

function partsOf(arn: string): { region?: string; account?: string } {
  const [, region, account] = Token.isUnresolved(arn) ? [] : ARN.exec(arn) ?? [];
  return { region, account };
}
