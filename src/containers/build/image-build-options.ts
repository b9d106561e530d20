import { Duration } from 'aws-cdk-lib';
import { ComputeType } from 'aws-cdk-lib/aws-codebuild';
import { ISecurityGroup, IVpc, SubnetSelection } from 'aws-cdk-lib/aws-ec2';
import { IRole } from 'aws-cdk-lib/aws-iam';
import { Problems } from '../../core/problems';
import { minutes } from '../../core/units';
import { checkVpc } from '../../network/vpc-placement';

/** CodeBuild's least. https://docs.aws.amazon.com/codebuild/latest/APIReference/API_CreateProject.html */
const MIN_MINUTES = 5;

/** CloudFormation waits an hour for a custom resource, and a build may have waited in its queue before. */
const MAX_MINUTES = 50;

const DEFAULT_MINUTES = 45;

/**
 * How a CustomContainerRepo builds images while a stack deploys.
 */
export interface ImageBuildOptions {
  /**
   * VPC that builds run in. They need ways to ECR, to CloudWatch Logs, to S3, and to whatever their Dockerfiles fetch.
   *
   * @default - the network of CodeBuild, with access to the internet
   */
  readonly vpc?: IVpc;

  /**
   * Subnets of `vpc`, 1 to 16.
   *
   * @default - the private subnets of `vpc`
   */
  readonly vpcSubnets?: SubnetSelection;

  /**
   * Security groups of builds in `vpc`, 1 to 5.
   *
   * @default - one is made, which lets nobody in
   */
  readonly securityGroups?: ISecurityGroup[];

  /**
   * Role that builds run with, for what their Dockerfiles or the registry ask for beyond the rights to build and to push: a proxy of packages, a signing
   * profile. `codebuild.amazonaws.com` must be let in. What builds need is added to it.
   *
   * @default - a role that may do what builds need, and nothing else
   */
  readonly role?: IRole;

  /**
   * Machine that builds run on. Of CodeBuild's types for Linux with Docker: the Lambda ones have none.
   *
   * @default - `ComputeType.MEDIUM`, 4 vCPUs and 8 GiB
   */
  readonly computeType?: ComputeType;

  /**
   * Longest time for one build, 5 to 50 minutes.
   *
   * @default Duration.minutes(45)
   */
  readonly timeout?: Duration;

  /**
   * Whether a build takes the layers that it shares with the image before from that image. No other tag and no other repository is needed for it.
   *
   * @default true
   */
  readonly cache?: boolean;

  /**
   * Concurrent runs that are kept for the function that starts builds and answers CloudFormation. They are taken from those of the account.
   *
   * @default - none are kept
   */
  readonly functionConcurrency?: number;
}

/** The rules of all options. */
export function checkImageBuildOptions(name: string, options: ImageBuildOptions, problems: Problems): void {
  checkVpc(options, problems, name);
  problems.integer(`${name}.timeout (minutes)`, minutes(options.timeout), MIN_MINUTES, MAX_MINUTES);
  problems.integer(`${name}.functionConcurrency`, options.functionConcurrency, 1, 1000);
  problems.check(!/LAMBDA/.test(options.computeType ?? ''), `${name}.computeType must be one with Docker, got '${options.computeType}'`);
}

/** Minutes that a build may take. */
export function buildMinutes({ timeout }: ImageBuildOptions): number {
  return timeout?.toMinutes() ?? DEFAULT_MINUTES;
}
