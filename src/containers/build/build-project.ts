import { readFileSync } from 'fs';
import { join } from 'path';
import { CfnResource } from 'aws-cdk-lib';
import { CfnProject } from 'aws-cdk-lib/aws-codebuild';
import { CfnRule } from 'aws-cdk-lib/aws-events';
import { IRole } from 'aws-cdk-lib/aws-iam';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { CfnFunction, CfnPermission } from 'aws-cdk-lib/aws-lambda';
import { CfnLogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct, IDependable } from 'constructs';
import { buildMinutes, ImageBuildOptions } from './image-build-options';
import { inPacks } from '../../compliance/accepted-kinds';
import { bakeInChecks, sealChecks } from '../../compliance/baked-in';
import { ComplianceOptions } from '../../compliance/compliance-options';
import { excuse } from '../../compliance/excuses';
import { WAITED_FOR } from '../../delivery/inline-function';
import { Architecture } from '../../instances/architecture';

const SCRIPT = join(__dirname, '..', '..', '..', 'lambda', 'image-build', 'build.sh');

/** Apart from the source, which becomes the context of the build. */
const SCRIPT_PATH = '/tmp/build-image.sh';

/** https://docs.aws.amazon.com/codebuild/latest/userguide/build-env-ref-available.html */
const MACHINES: Record<Architecture, { type: string; image: string }> = {
  amd64: { type: 'LINUX_CONTAINER', image: 'aws/codebuild/amazonlinux-x86_64-standard:5.0' },
  arm64: { type: 'ARM_CONTAINER', image: 'aws/codebuild/amazonlinux-aarch64-standard:3.0' },
};

/** Together with the longest build it ends before CloudFormation stops waiting. */
const QUEUED_MINUTES = 8;

/** Every way in which a build ends. https://docs.aws.amazon.com/codebuild/latest/userguide/sample-build-notifications-ref.html */
const ENDS = ['SUCCEEDED', 'FAILED', 'FAULT', 'STOPPED', 'TIMED_OUT'];

/** What the projects of a repository share. */
export interface BuildProjectProps {
  readonly architecture: Architecture;
  readonly key: IKey;
  readonly role: IRole;
  /** What must be there before the role can be used. */
  readonly ready: IDependable[];
  readonly log: CfnLogGroup;
  readonly fn: CfnFunction;
  readonly vpcConfig?: CfnProject.VpcConfigProperty;
  readonly options: ImageBuildOptions;
  readonly compliance?: ComplianceOptions;
}

/** Builds images for one kind of processors, and tells the function when a build has ended. */
export class BuildProject extends Construct {
  public readonly projectName: string;
  public readonly projectArn: string;
  /** What must be there before a build is started, so that its end is not missed. */
  public readonly listeners: CfnResource[];

  constructor(scope: Construct, id: string, props: BuildProjectProps) {
    super(scope, id);
    const { architecture, role, fn, options } = props;
    bakeInChecks(this, { ...props.compliance, exceptions: undefined }); // the repository accepts them for all that stands below it
    const project = new CfnProject(this, 'Resource', {
      description: `Builds container images for ${architecture}`,
      serviceRole: role.roleArn,
      source: { type: 'NO_SOURCE', buildSpec: buildSpec() },
      artifacts: { type: 'NO_ARTIFACTS' },
      environment: {
        ...MACHINES[architecture],
        computeType: options.computeType ?? 'BUILD_GENERAL1_MEDIUM',
        privilegedMode: true, // Docker does not build without
        imagePullCredentialsType: 'CODEBUILD',
      },
      encryptionKey: props.key.keyArn,
      logsConfig: { cloudWatchLogs: { status: 'ENABLED', groupName: props.log.ref } },
      timeoutInMinutes: buildMinutes(options),
      queuedTimeoutInMinutes: QUEUED_MINUTES,
      vpcConfig: props.vpcConfig,
    });
    project.node.addDependency(...props.ready);
    excuse(project, 'ruleCannotSee', () => inPacks('CodeBuildProjectSourceRepoUrl').map(rule => ({ rule, reason: 'Each build is given its source when it is started: an asset, a commit, or none.' })));
    const rule = new CfnRule(this, 'Ended', {
      description: 'Builds of container images that have ended',
      eventPattern: { 'source': ['aws.codebuild'], 'detail-type': ['CodeBuild Build State Change'], 'detail': { 'project-name': [project.ref], 'build-status': ENDS } },
      targets: [{ id: 'Function', arn: fn.attrArn }],
    });
    excuse(rule, 'deploymentHelpers', () => [{ rule: 'Serverless-EventBusDLQ', reason: WAITED_FOR }]);
    const permission = new CfnPermission(this, 'MayCall', {
      action: 'lambda:InvokeFunction', functionName: fn.attrArn, principal: 'events.amazonaws.com', sourceArn: rule.attrArn,
    });
    this.projectName = project.ref;
    this.projectArn = project.attrArn;
    this.listeners = [rule, permission];
    sealChecks(this);
  }
}

/** The script goes to a file first, since the message of a failed command repeats the command. */
function buildSpec(): string {
  return JSON.stringify({
    version: '0.2',
    env: { shell: 'bash' },
    phases: {
      install: { commands: [`cat > ${SCRIPT_PATH} <<'SCRIPT'\n${readFileSync(SCRIPT, 'utf8')}SCRIPT`] },
      build: { commands: [`bash ${SCRIPT_PATH}`] },
    },
  });
}
