import { Aws, Stack, Token } from 'aws-cdk-lib';
import { Construct, IConstruct } from 'constructs';
import { pullPermissions } from './pull-permissions';
import { accountInRegion } from './region-accounts';
import { Problems } from '../core/problems';
import { Permission } from '../identity/permission-statement';

/** The two images of AWS that look at data and models: those of Model Monitor and of Clarify. */
export type MonitorImageName = 'analyzer' | 'clarify';

/**
 * Accounts of AWS with the images, by Region: `model-monitor.json` and `clarify.json` of the SageMaker Python SDK 2.245.
 *
 * https://github.com/aws/sagemaker-python-sdk/tree/master/src/sagemaker/image_uri_config
 */
const ACCOUNTS: Record<string, { readonly analyzer?: string; readonly clarify?: string }> = {
  'af-south-1': { analyzer: '875698925577', clarify: '811711786498' },
  'ap-east-1': { analyzer: '001633400207', clarify: '098760798382' },
  'ap-northeast-1': { analyzer: '574779866223', clarify: '377024640650' },
  'ap-northeast-2': { analyzer: '709848358524', clarify: '263625296855' },
  'ap-northeast-3': { analyzer: '990339680094', clarify: '912233562940' },
  'ap-south-1': { analyzer: '126357580389', clarify: '452307495513' },
  'ap-southeast-1': { analyzer: '245545462676', clarify: '834264404009' },
  'ap-southeast-2': { analyzer: '563025443158', clarify: '007051062584' },
  'ap-southeast-3': { analyzer: '669540362728', clarify: '705930551576' },
  'ca-central-1': { analyzer: '536280801234', clarify: '675030665977' },
  'cn-north-1': { analyzer: '453000072557', clarify: '122526803553' },
  'cn-northwest-1': { analyzer: '453252182341', clarify: '122578899357' },
  'eu-central-1': { analyzer: '048819808253', clarify: '017069133835' },
  'eu-central-2': { analyzer: '590183933784', clarify: '730335477804' },
  'eu-north-1': { analyzer: '895015795356', clarify: '763603941244' },
  'eu-south-1': { analyzer: '933208885752', clarify: '638885417683' },
  'eu-south-2': { analyzer: '437450045455' },
  'eu-west-1': { analyzer: '468650794304', clarify: '131013547314' },
  'eu-west-2': { analyzer: '749857270468', clarify: '440796970383' },
  'eu-west-3': { analyzer: '680080141114', clarify: '341593696636' },
  'il-central-1': { analyzer: '843974653677' },
  'me-central-1': { analyzer: '588750061953' },
  'me-south-1': { analyzer: '607024016150', clarify: '835444307964' },
  'sa-east-1': { analyzer: '539772159869', clarify: '520018980103' },
  'us-east-1': { analyzer: '156813124566', clarify: '205585389593' },
  'us-east-2': { analyzer: '777275614652', clarify: '211330385671' },
  'us-gov-west-1': { clarify: '598674086554' },
  'us-isof-east-1': { analyzer: '853188333426', clarify: '579539705040' },
  'us-isof-south-1': { analyzer: '467912361380', clarify: '411392592546' },
  'us-west-1': { analyzer: '890145073186', clarify: '740489534195' },
  'us-west-2': { analyzer: '159807026194', clarify: '306415355426' },
};

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
