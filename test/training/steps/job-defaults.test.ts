import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { SecurityGroup, Vpc } from 'aws-cdk-lib/aws-ec2';
import { CfnKey } from 'aws-cdk-lib/aws-kms';
import { ComplianceEnforcement, JobDefaults, ProcessingStep, SageMakerPipeline } from '../../../src';
import { definitionOf } from '../definition-of';
import { image } from '../triggers/fixture';

const process = (name: string, jobDefaults?: JobDefaults) => new ProcessingStep(name, { image, jobDefaults });

function made(steps: (vpc: Vpc, stack: Stack) => ProcessingStep[], own?: (vpc: Vpc) => JobDefaults) {
  const stack = new Stack(new App(), 'Stack');
  const vpc = new Vpc(stack, 'Vpc');
  new SageMakerPipeline(stack, 'Pipeline', { steps: steps(vpc, stack), jobDefaults: own?.(vpc), compliance: { enforcement: ComplianceEnforcement.OFF } });
  const groups = Object.keys(Template.fromStack(stack).findResources('AWS::EC2::SecurityGroup'));
  const used = definitionOf(stack).Steps.map((s: any) => s.Arguments.NetworkConfig?.VpcConfig?.SecurityGroupIds);
  return { groups, used };
}

describe('the security group of steps with job defaults of their own', () => {
  test('has the same name, whatever the steps and their order', () => {
    const alone = made(vpc => [process('B', JobDefaults.secure({ vpc }))]).groups;
    const shared = made(vpc => {
      const jobDefaults = JobDefaults.secure({ vpc });
      return [process('A', jobDefaults), process('B', jobDefaults)];
    });
    const swapped = made((vpc, stack) => [
      process('C', JobDefaults.secure({ vpc: new Vpc(stack, 'Another') })), process('A', JobDefaults.secure({ vpc, networkIsolation: false })), process('B', JobDefaults.secure({ vpc })),
    ]);
    expect(alone).toEqual([expect.stringMatching(/^PipelineJobsIn[0-9a-f]{8}SecurityGroup/)]);
    expect(shared.groups).toEqual(alone);
    expect(shared.used[0]).toEqual(shared.used[1]);
    expect(swapped.groups).toHaveLength(2);
    expect(swapped.groups).toContain(alone[0]);
    expect(swapped.used[1]).toEqual(swapped.used[2]);
  });

  test('is not that of the pipeline', () => {
    const { groups } = made(vpc => [process('A', JobDefaults.secure({ vpc })), process('B')], vpc => JobDefaults.secure({ vpc }));
    expect(groups).toHaveLength(2);
  });

  test('is none if groups are brought along, and keys do not clash', () => {
    const { groups } = made((vpc, stack) => {
      const options = { vpc, securityGroups: [SecurityGroup.fromSecurityGroupId(stack, 'G', 'sg-1')], encryptionKey: CfnKey.fromKeyArn(stack, 'Key', 'arn:aws:kms:eu-west-1:111122223333:key/a') };
      return [process('A', JobDefaults.secure(options)), process('B', JobDefaults.secure(options))];
    });
    expect(groups).toEqual([]);
  });
});
