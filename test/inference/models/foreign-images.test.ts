import { App, Aws, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Repository } from 'aws-cdk-lib/aws-ecr';
import { InferenceModel, SageMakerImage } from '../../../src';
import { foreignImageAccounts, warnOfForeignImages } from '../../../src/inference/models/foreign-images';
import { warningsOf } from '../../helper';

const OWN = '111122223333';
const uri = (account: string) => SageMakerImage.fromUri(`${account}.dkr.ecr.eu-west-1.amazonaws.com/churn:1`);
const modelOf = (...images: SageMakerImage[]) => InferenceModel.serial(images.map(image => InferenceModel.fromContainer({ image })));
const accountsOf = (...images: SageMakerImage[]) => foreignImageAccounts(modelOf(...images)._traits, OWN);

test('images of other accounts are found, those of this account and the deep learning containers of AWS are not', () => {
  const imported = Repository.fromRepositoryArn(new Stack(), 'R', 'arn:aws:ecr:eu-west-1:888888888888:repository/churn');
  expect(accountsOf(uri(OWN), uri('999999999999'), uri('999999999999'), uri('763104351884'), SageMakerImage.fromEcrRepository(imported, '1'))).toEqual(['999999999999', '888888888888']);
});

test('what is known at deployment only passes', () => {
  const repository = Repository.fromRepositoryName(new Stack(), 'R', 'churn');
  expect(accountsOf(uri(Aws.ACCOUNT_ID), SageMakerImage.fromUri('python'), SageMakerImage.fromEcrRepository(repository, '1'))).toEqual([]);
  expect(foreignImageAccounts(InferenceModel.fromContainer({ image: uri(OWN) })._traits, Aws.ACCOUNT_ID)).toEqual([]);
});

test('a serverless endpoint takes no images of other accounts (amazon-sagemaker-feedback#181)', () => {
  const warned = (account: string) => {
    const stack = new Stack(new App(), 'Stack', { env: { account: OWN, region: 'eu-west-1' } });
    warnOfForeignImages(stack, InferenceModel.fromContainer({ image: uri(account) }));
    Template.fromStack(stack);
    return warningsOf(stack);
  };
  expect(warned('999999999999')).toEqual([expect.stringMatching(/an image is in the account 999999999999: .*cdk-ml-patterns:imageOfOtherAccount/s)]);
  expect(warned(OWN)).toEqual([]);
});
