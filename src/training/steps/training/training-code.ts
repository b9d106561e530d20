import { Stack } from 'aws-cdk-lib';
import { TrainingInputMode } from './training-values';
import { warnLate } from '../../../compliance/late-warning';
import { Permission } from '../../../identity/permission-statement';
import { ScriptCode } from '../code/script-code';
import { StepContext } from '../step-context';

/** The channel that SDKs bring code in. */
export const CODE_CHANNEL = 'code';

/** Where SageMaker copies it to. */
const DIRECTORY = `/opt/ml/input/data/${CODE_CHANNEL}`;

/** Who runs the code: a command that this library writes, or the toolkit in the image. */
export type Launcher = 'command' | 'toolkit';

/** What the toolkit is told. */
const TOLD = ['sagemaker_container_log_level', 'sagemaker_program', 'sagemaker_region', 'sagemaker_submit_directory'];

/** Names of the hyperparameters that script mode adds. */
export function addedHyperparameters(code: ScriptCode | undefined, launcher: Launcher): string[] {
  return code !== undefined && launcher === 'toolkit' ? TOLD : [];
}

/** What script mode adds to a training. */
export interface CodeParts {
  readonly channels: object[];
  readonly hyperparameters: { [name: string]: string };
  readonly entrypoint?: string[];
  readonly permissions: Permission[];
}

/** Nothing for a training without code. */
export function codeParts(code: ScriptCode | undefined, launcher: Launcher, mode: TrainingInputMode | undefined, { scope }: StepContext): CodeParts {
  if (code === undefined) { return { channels: [], hyperparameters: {}, permissions: [] }; }
  const { uri, fileName, permissions } = code._place(scope);
  const channel = {
    ChannelName: CODE_CHANNEL,
    DataSource: { S3DataSource: { S3DataType: 'S3Prefix', S3Uri: uri, S3DataDistributionType: 'FullyReplicated' } },
    InputMode: mode === undefined || mode === TrainingInputMode.FILE ? undefined : TrainingInputMode.FILE,
  };
  const parts = { channels: [channel], permissions };
  if (launcher === 'command') { return { ...parts, hyperparameters: {}, entrypoint: code._command(DIRECTORY) }; }
  // as version 2 of the SDK writes them for a job without network; the toolkit reads JSON
  const hyperparameters = {
    sagemaker_container_log_level: '20',
    sagemaker_program: JSON.stringify(code._entryPoint),
    sagemaker_region: `"${Stack.of(scope).region}"`,
    sagemaker_submit_directory: JSON.stringify(`${DIRECTORY}/${fileName}`),
  };
  return { ...parts, hyperparameters };
}

/** pip fails without a network, unless the image holds all packages already. */
export function warnOfPackages(stepName: string, code: ScriptCode | undefined, launcher: Launcher, { scope, protection }: StepContext): void {
  const needs = launcher === 'toolkit' ? code?._holds('requirements.txt') : code?._needsNetwork;
  if (!needs || !protection.networkIsolation) { return; }
  const help = launcher === 'toolkit' ? 'leave out requirements.txt' : 'give wheels';
  warnLate(scope, 'cdk-ml-patterns:requirementsNeedNetwork',
    `The code of step '${stepName}' asks for packages, which its job cannot load, since it is cut off from the network: ${help}, or networkIsolation: false.`);
}
