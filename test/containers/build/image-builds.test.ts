import { App, Duration, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { ComputeType } from 'aws-cdk-lib/aws-codebuild';
import { SecurityGroup, Vpc } from 'aws-cdk-lib/aws-ec2';
import { Platform } from 'aws-cdk-lib/aws-ecr-assets';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { directory, logicalId, repoWith } from './built';
import { ComplianceEnforcement, CompliancePack, CustomContainerRepo, CustomContainerRepoProps, ImageBuildOptions } from '../../../src';
import { errorOf, expectCompliant, onlyResource, recordsOf, stackFixture, statementsOf } from '../../helper';
import { TemplateGraph } from '../../template-graph';

const ALL_PACKS = [
  CompliancePack.ML_SECURITY, CompliancePack.AWS_SOLUTIONS, CompliancePack.HIPAA_SECURITY, CompliancePack.NIST_800_53_R4,
  CompliancePack.NIST_800_53_R5, CompliancePack.PCI_DSS_321, CompliancePack.SERVERLESS,
];

function inVpc(options?: ImageBuildOptions) {
  const { stack } = stackFixture();
  const vpc = new Vpc(stack, 'Vpc', { maxAzs: 2 });
  const images = new CustomContainerRepo(stack, 'Images', { builds: { vpc, ...options } });
  images.addImage('Abalone', directory());
  return { stack, images, template: () => Template.fromStack(stack) };
}

test.each<[string, ImageBuildOptions]>([
  ['nothing', {}], ['no cache', { cache: false }], ['a large machine', { computeType: ComputeType.LARGE }], ['the longest build', { timeout: Duration.minutes(50) }],
  ['kept concurrency', { functionConcurrency: 5 }],
])('with %s said about builds they are clean', (_, builds) => {
  const { stack, images } = repoWith({ builds });
  images.addImage('Abalone', directory());
  expectCompliant(stack);
});

test('each option is where it belongs', () => {
  const builds = { cache: false, computeType: ComputeType.LARGE, timeout: Duration.minutes(5), functionConcurrency: 3 };
  const { images, template, build } = repoWith({ builds });
  images.addImage('Abalone', directory());
  expect(build().Properties.Cache).toBe('false');
  expect(onlyResource(template(), 'AWS::CodeBuild::Project').Properties).toMatchObject({ TimeoutInMinutes: 5, Environment: { ComputeType: 'BUILD_GENERAL1_LARGE' } });
  expect(onlyResource(template(), 'AWS::Lambda::Function').Properties.ReservedConcurrentExecutions).toBe(3);
});

test('builds in a VPC have a security group of their own, and a role that puts network interfaces there only', () => {
  const { stack, images, template } = inVpc();
  expectCompliant(stack);
  expect(onlyResource(template(), 'AWS::CodeBuild::Project').Properties.VpcConfig).toEqual({
    VpcId: expect.anything(), Subnets: [expect.anything(), expect.anything()], SecurityGroupIds: [{ 'Fn::GetAtt': [logicalId(images, 'Builds', 'SecurityGroup', 'Resource'), 'GroupId'] }],
  });
  const [permission] = statementsOf(template(), logicalId(images, 'Builds', 'Role', 'Policy', 'Resource')).filter(s => s.Action === 'ec2:CreateNetworkInterfacePermission');
  expect(permission.Condition.StringEquals).toEqual({ 'ec2:AuthorizedService': 'codebuild.amazonaws.com' });
});

test('a security group may be brought along', () => {
  const { stack, template } = stackFixture();
  const images = new CustomContainerRepo(stack, 'Images', { builds: { vpc: new Vpc(stack, 'Vpc'), securityGroups: [SecurityGroup.fromSecurityGroupId(stack, 'Group', 'sg-1')] } });
  images.addImage('Abalone', directory());
  expect(onlyResource(template(), 'AWS::CodeBuild::Project').Properties.VpcConfig.SecurityGroupIds).toEqual(['sg-1']);
});

test.each<[ImageBuildOptions, string]>([
  [{ timeout: Duration.minutes(51) }, 'builds.timeout (minutes) must be a whole number between 5 and 50, got 51'],
  [{ timeout: Duration.seconds(330) }, 'builds.timeout (minutes) must be a whole number between 5 and 50, got 5.5'],
  [{ functionConcurrency: 0 }, 'builds.functionConcurrency must be a whole number between 1 and 1000, got 0'],
  [{ securityGroups: [] }, 'builds.securityGroups needs vpc'],
  [{ computeType: ComputeType.LAMBDA_1GB }, "builds.computeType must be one with Docker, got 'BUILD_LAMBDA_1GB'"],
])('wrong options of builds are an error (case %#)', (builds, message) => {
  expect(errorOf(() => repoWith({ builds }))).toContain(message);
});

test('a role that is brought along gets what builds need, keeps what it has, and is there before the project', () => {
  const { stack } = stackFixture();
  const role = new Role(stack, 'Builder', { assumedBy: new ServicePrincipal('codebuild.amazonaws.com') });
  role.addToPolicy(new PolicyStatement({ actions: ['signer:SignPayload'], resources: ['arn:aws:signer:eu-west-1:111122223333:/signing-profiles/p'] }));
  new CustomContainerRepo(stack, 'Images', { builds: { role } }).addImage('Abalone', directory());
  const template = expectCompliant(stack);
  const graph = new TemplateGraph(template.toJSON());
  const [[project, { Properties }]] = graph.ofType('AWS::CodeBuild::Project');
  const [builder] = graph.references(Properties.ServiceRole);
  expect(builder).toMatch(/^Builder/);
  expect(graph.usersBeforePolicies()).toEqual([]);
  const before = [...graph.allBefore(project)].map(id => graph.resources[id].Properties);
  const policies = before.filter(p => graph.references(p.Roles).includes(builder));
  const actions = policies.flatMap(p => p.PolicyDocument.Statement.flatMap((s: any) => s.Action));
  expect(actions).toEqual(expect.arrayContaining(['signer:SignPayload', 'ecr:PutImage', 's3:GetObject', 'logs:PutLogEvents', 'kms:Decrypt']));
  expect(graph.ofType('AWS::IAM::Role').map(([id]) => id).filter(id => id.startsWith('ImagesBuildsRole'))).toEqual([]);
});

/** Rules that are broken and accepted, as `rule at place`, once each. */
function accepted(props: CustomContainerRepoProps): { accepted: string[]; open: string[] } {
  const app = new App();
  const stack = new Stack(app, 'Stack');
  const images = new CustomContainerRepo(stack, 'Images', { ...props, compliance: { ...props.compliance, packs: ALL_PACKS } });
  images.addImage('Abalone', directory());
  images.addImage('Arm', directory({ platform: Platform.LINUX_ARM64 }));
  images.grants.pullByOrganization('o-a1b2c3d4e5');
  Template.fromStack(stack);
  const findings = recordsOf(stack).flatMap(r => r.packs).flatMap(p => p.findings);
  const line = (f: { rule: string; path: string }) => `${f.rule} ${f.path.replace('Stack/', '')}`;
  const unique = (lines: string[]) => [...new Set(lines)].sort();
  return { accepted: unique(findings.filter(f => f.reason !== undefined).map(line)), open: unique(findings.filter(f => f.reason === undefined && f.level === 'error').map(line)) };
}

test('of all packs, what is accepted with a reason is this and no more', () => {
  expect(accepted({ builds: { functionConcurrency: 5 }, compliance: { enforcement: ComplianceEnforcement.REPORT } })).toMatchInlineSnapshot(`
{
  "accepted": [
    "AwsSolutions-ECR1 Images/Repository/Resource",
    "AwsSolutions-IAM5[Resource::*] Images/Builds/Role/Policy/Resource",
    "HIPAA.Security-CodeBuildProjectSourceRepoUrl Images/Builds/Amd64/Resource",
    "HIPAA.Security-CodeBuildProjectSourceRepoUrl Images/Builds/Arm64/Resource",
    "HIPAA.Security-LambdaDLQ Images/Builds/Function",
    "HIPAA.Security-LambdaInsideVPC Images/Builds/Function",
    "NIST.800.53.R4-CodeBuildProjectSourceRepoUrl Images/Builds/Amd64/Resource",
    "NIST.800.53.R4-CodeBuildProjectSourceRepoUrl Images/Builds/Arm64/Resource",
    "NIST.800.53.R4-LambdaInsideVPC Images/Builds/Function",
    "NIST.800.53.R5-LambdaDLQ Images/Builds/Function",
    "NIST.800.53.R5-LambdaInsideVPC Images/Builds/Function",
    "PCI.DSS.321-CodeBuildProjectSourceRepoUrl Images/Builds/Amd64/Resource",
    "PCI.DSS.321-CodeBuildProjectSourceRepoUrl Images/Builds/Arm64/Resource",
    "PCI.DSS.321-LambdaInsideVPC Images/Builds/Function",
    "Serverless-EventBusDLQ Images/Builds/Amd64/Ended",
    "Serverless-EventBusDLQ Images/Builds/Arm64/Ended",
    "Serverless-LambdaDLQ Images/Builds/Function",
    "Serverless-LambdaTracing Images/Builds/Function",
  ],
  "open": [],
}
`);
});
