import { Aws, Stack, Token } from 'aws-cdk-lib';
import { Construct, IConstruct } from 'constructs';
import { accountsByColumn } from './aws-accounts';
import { accountInRegion } from './region-accounts';
import { Problems } from '../../core/problems';
import { Permission } from '../../identity/permission-statement';
import { pullPermissions } from '../pull-permissions';

/** The two images of AWS that look at data and models: those of Model Monitor and of Clarify. */
export type MonitorImageName = 'analyzer' | 'clarify';

const ACCOUNTS = accountsByColumn({ analyzer: 'monitor', clarify: 'clarify' });

const REPOSITORIES = { analyzer: 'sagemaker-model-monitor-analyzer', clarify: 'sagemaker-clarify-processing:1.0' };

/** As the jobs that merge labels name it in their descriptions; it stands beside the analyzer. */
const MERGER = 'sagemaker-model-monitor-groundtruth-merger';

/** One table for all monitors of a stack. */
const MAPPING = 'ModelMonitorAccounts';

/** A Region without the image is a problem, as far as the Region is known. */
export function checkMonitorImage(scope: IConstruct, image: MonitorImageName, problems: Problems, name = 'image'): void {
  const { region } = Stack.of(scope);
  const known = Token.isUnresolved(region) || ACCOUNTS[region]?.[image] !== undefined;
  problems.check(known, `${name} must be given: it is not known where AWS keeps ${repository(image)} in ${region}`);
}

/** Full name of the image in the Region of the stack. */
export function monitorImageUri(scope: Construct, image: MonitorImageName): string {
  const { region, urlSuffix } = Stack.of(scope);
  return `${accountOf(scope, image)}.dkr.ecr.${region}.${urlSuffix}/${REPOSITORIES[image]}`;
}

/** Pulling the image. */
export function pullMonitorImage(scope: Construct, image: MonitorImageName): Permission[] {
  return pull(scope, image, repository(image));
}

/** Pulling the image that merges labels with predictions, whatever image looks at them then; nothing where it is not known where that is. */
export function pullMerger(scope: Construct): Permission[] {
  return accountOf(scope, 'analyzer') === undefined ? [] : pull(scope, 'analyzer', MERGER);
}

function pull(scope: Construct, image: MonitorImageName, name: string): Permission[] {
  return pullPermissions(`arn:${Aws.PARTITION}:ecr:${Stack.of(scope).region}:${accountOf(scope, image)}:repository/${name}`);
}

function repository(image: MonitorImageName): string {
  return REPOSITORIES[image].split(':')[0];
}

function accountOf(scope: Construct, image: MonitorImageName): string | undefined {
  return accountInRegion(Stack.of(scope), MAPPING, ACCOUNTS, image);
}
