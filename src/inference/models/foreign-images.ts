import { Stack, Token, TokenComparison, Validations } from 'aws-cdk-lib';
import { Fact, FactName } from 'aws-cdk-lib/region-info';
import { IConstruct } from 'constructs';
import { InferenceModel } from './inference-model';
import { ModelTraits } from './model-traits';

/** Accounts other than `account` that hold images of a model; what is known at deployment only, and the deep learning containers of AWS, are left out. */
export function foreignImageAccounts({ containers }: ModelTraits, account: string): string[] {
  const ofAws = new Set(Fact.regions.map(region => Fact.find(region, FactName.DLC_REPOSITORY_ACCOUNT)));
  const known = containers.flatMap(c => c.image?._account ?? []);
  return [...new Set(known)].filter(a => Token.compareStrings(a, account) === TokenComparison.DIFFERENT && !ofAws.has(a));
}

/**
 * Serverless endpoints take images of their own account and of AWS. A warning only, since the accounts of the built-in algorithms of AWS are not known here.
 *
 * https://github.com/aws/amazon-sagemaker-feedback/issues/181
 */
export function warnOfForeignImages(scope: IConstruct, model: InferenceModel): void {
  const accounts = foreignImageAccounts(model._traits, Stack.of(scope).account);
  if (accounts.length === 0) { return; }
  Validations.of(scope).addWarning('cdk-ml-patterns:imageOfOtherAccount',
    `Serverless endpoints take images of their own account and of AWS only, and an image is in the account ${accounts.join(', ')}: copy it to a repository of this account, unless it is one of AWS.`);
}
