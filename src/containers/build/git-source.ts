import { Token } from 'aws-cdk-lib';
import { BuildPlan } from './build-plan';
import { checkBuildOptions, checkInside, ContainerBuildOptions, renderAround, renderBuild } from './container-build-options';
import { Problems } from '../../core/problems';

/**
 * Where a Git repository is hosted.
 */
export enum GitProvider {
  /** GitHub. */
  GITHUB = 'GITHUB',
  /** GitHub Enterprise Server. */
  GITHUB_ENTERPRISE = 'GITHUB_ENTERPRISE',
  /** GitLab. */
  GITLAB = 'GITLAB',
  /** A GitLab of one's own. */
  GITLAB_SELF_MANAGED = 'GITLAB_SELF_MANAGED',
  /** Bitbucket. */
  BITBUCKET = 'BITBUCKET',
}

const HOSTS: [RegExp, GitProvider][] = [
  [/^https:\/\/github\.com\//, GitProvider.GITHUB], [/^https:\/\/gitlab\.com\//, GitProvider.GITLAB], [/^https:\/\/bitbucket\.org\//, GitProvider.BITBUCKET],
];

/** https://docs.aws.amazon.com/codeconnections/latest/APIReference/API_Connection.html; connections made before 2024 have the older name. */
const CONNECTION = /^arn:[\w-]+:(codeconnections|codestar-connections):[\w-]+:\d{12}:connection\/[\w-]+$/;

/**
 * How an image is built from a commit of a Git repository.
 */
export interface GitSourceOptions extends ContainerBuildOptions {
  /**
   * ARN of the connection of AWS CodeConnections that may read the repository. Somebody must have completed it in the console.
   *
   * @default - none, for a public repository
   */
  readonly connectionArn?: string;

  /**
   * Folder of the repository that is the directory of the build.
   *
   * @default - the repository itself
   */
  readonly directory?: string;

  /**
   * Where the repository is hosted.
   *
   * @default - as its address tells, for github.com, gitlab.com and bitbucket.org
   */
  readonly provider?: GitProvider;
}

/** The rules of all options. */
export function checkGitSource(repositoryUrl: string, commit: string, options: GitSourceOptions, problems: Problems): void {
  checkBuildOptions(options, problems);
  checkInside('directory', options.directory, problems);
  problems.pattern('repositoryUrl', repositoryUrl, /^https:\/\/[^\s@]+$/, "be an address that begins with 'https://' and holds no user");
  problems.pattern('commit', commit, /^[0-9a-f]{40}$/, 'be the whole id of a commit, 40 digits of 0-9 and a-f, since a branch or a tag can move');
  problems.pattern('connectionArn', options.connectionArn, CONNECTION, 'be the ARN of a connection of CodeConnections');
  problems.check(providerOf(repositoryUrl, options) !== undefined, `provider must be given, since the address does not tell it, got '${repositoryUrl}'`);
}

/** The commit, fetched by CodeBuild. */
export function gitPlan(repositoryUrl: string, commit: string, options: GitSourceOptions): BuildPlan {
  const { connectionArn, directory } = options;
  const around = renderAround(options);
  return {
    ...around,
    content: `${repositoryUrl}@${commit}`,
    source: { Type: providerOf(repositoryUrl, options)!, Location: repositoryUrl, Version: commit, Connection: connectionArn },
    build: renderBuild(options, directory),
    permissions: [...around.permissions, ...connectionArn === undefined ? [] : [connectionUse(connectionArn)]],
  };
}

/** https://docs.aws.amazon.com/codebuild/latest/userguide/connections-github-app.html */
function connectionUse(arn: string) {
  const service = (Token.isUnresolved(arn) ? undefined : CONNECTION.exec(arn)?.[1]) ?? 'codeconnections';
  return { actions: ['GetConnection', 'GetConnectionToken'].map(action => `${service}:${action}`), resources: [arn] };
}

function providerOf(repositoryUrl: string, { provider }: GitSourceOptions): string | undefined {
  return provider ?? HOSTS.find(([address]) => address.test(repositoryUrl))?.[1];
}
