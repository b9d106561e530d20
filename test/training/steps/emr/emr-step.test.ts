import { CfnParameter, Stack } from 'aws-cdk-lib';
import { CfnSubnet, Subnet } from 'aws-cdk-lib/aws-ec2';
import { CfnCluster, CfnSecurityConfiguration } from 'aws-cdk-lib/aws-emr';
import { InstanceProfile, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { EmrClusterOptions, EmrStep, EmrStepCluster, EmrStepProps, FailStep, PipelineExecution, PipelineParameter, StepCache, StepRetry } from '../../../../src';
import { errorOf, expectCompliant, statementFor } from '../../../helper';
import { strictFaults } from '../../strict';
import { pipelineOf } from '../pipeline-of';

const emr = (cluster: EmrStepCluster, props: Partial<EmrStepProps> = {}) => new EmrStep('Spark', { cluster, jar: 'command-runner.jar', ...props });
const arn = (rest: string) => ({ 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, `:${rest}`]] });
const RUNNING = EmrStepCluster.runningFromId('j-2AXXXXXXGAPLF');

function own(stack: Stack, more: Partial<EmrClusterOptions> = {}): EmrStepCluster {
  const serviceRole = new Role(stack, 'Service', { assumedBy: new ServicePrincipal('elasticmapreduce.amazonaws.com') });
  const instanceProfile = new InstanceProfile(stack, 'Profile', { role: new Role(stack, 'Instances', { assumedBy: new ServicePrincipal('ec2.amazonaws.com') }) });
  return EmrStepCluster.ownCluster({ releaseLabel: 'emr-7.1.0', serviceRole, instanceProfile, primary: { instanceType: 'm5.xlarge' }, ...more });
}

test('a program on a cluster that runs', () => {
  const place = `s3://lake/${PipelineExecution.ID.asString()}/`;
  const step = emr(RUNNING, {
    jar: 's3://lake/app.jar',
    arguments: ['--verbose'],
    mainClass: 'com.example.Main',
    properties: { b: '2', a: '1' },
    outputs: { features: place, audit: 's3://lake/audit/' },
    cache: StepCache.neverExpiring(),
    retries: [StepRetry.onServiceErrors({ maxAttempts: 3 })],
  });
  const { definition, statements } = pipelineOf(() => [step, new FailStep('F', { message: `${step.output('features')} ${step.output('audit')} ${step.clusterId}` })]);
  expect(definition().Steps[0]).toMatchObject({
    Type: 'EMR',
    Arguments: {
      ClusterId: 'j-2AXXXXXXGAPLF',
      StepConfig: {
        HadoopJarStep: {
          Jar: 's3://lake/app.jar',
          Args: ['--verbose', '--audit', 's3://lake/audit/', '--features', { 'Std:Join': { On: '', Values: ['s3://lake/', { Get: 'Execution.PipelineExecutionId' }, '/'] } }],
          MainClass: 'com.example.Main',
          Properties: [{ Key: 'a', Value: '1' }, { Key: 'b', Value: '2' }],
        },
      },
    },
    CacheConfig: { Enabled: true },
    RetryPolicies: [{ ExceptionType: ['Step.SERVICE_FAULT', 'Step.THROTTLING'] }],
  });
  expect(definition().Steps[1].Arguments.ErrorMessage['Std:Join'].Values).toEqual([
    { Get: 'Steps.Spark.Config.Args[4]' }, ' ', { Get: 'Steps.Spark.Config.Args[2]' }, ' ', { Get: 'Steps.Spark.ClusterId' },
  ]);
  expect(strictFaults(definition())).toEqual([]);
  expect(statementFor(statements(), 'elasticmapreduce:AddJobFlowSteps')).toEqual({
    Effect: 'Allow',
    Action: ['AddJobFlowSteps', 'CancelSteps', 'DescribeCluster', 'DescribeStep', 'ListSteps'].map(a => `elasticmapreduce:${a}`),
    Resource: arn('elasticmapreduce:eu-west-1:111122223333:cluster/j-2AXXXXXXGAPLF'),
  });
  expect(statementFor(statements(), 'events:PutRule')).toEqual({
    Effect: 'Allow',
    Action: ['events:DescribeRule', 'events:PutRule', 'events:PutTargets'],
    Resource: arn('events:eu-west-1:111122223333:rule/SageMakerPipelineExecutionEMRStepStatusUpdateRule'),
  });
});

test('a program on a cluster that runs is no finding', () => {
  expectCompliant(pipelineOf(() => [emr(RUNNING)]).stack);
});

test('a cluster of the stack, with a role for the job', () => {
  const { step, statements } = pipelineOf(stack => {
    const cluster = new CfnCluster(stack, 'Cluster', { name: 'c', instances: {}, jobFlowRole: 'r', serviceRole: 's' });
    return [emr(EmrStepCluster.running(cluster, { runtimeRole: new Role(stack, 'Runtime', { assumedBy: new ServicePrincipal('elasticmapreduce.amazonaws.com') }) }))];
  });
  expect(step().Arguments).toMatchObject({ ClusterId: expect.stringMatching(/^\$\{Cluster/), ExecutionRoleArn: expect.stringMatching(/^\$\{Runtime\w+\.Arn\}$/) });
  const pass = statements().filter(s => s.Action === 'iam:PassRole' && JSON.stringify(s.Resource).includes('"Runtime'));
  expect(pass.map(s => s.Condition)).toEqual([{ StringEquals: { 'iam:PassedToService': 'elasticmapreduce.amazonaws.com' } }]);
});

test('a cluster that a parameter names', () => {
  const { statements, stack, step } = pipelineOf(() => [emr(EmrStepCluster.runningFromId(PipelineParameter.text('Cluster', { defaultValue: 'j-1' }).asString()))]);
  expect(step().Arguments.ClusterId).toEqual({ Get: 'Parameters.Cluster' });
  expect(statementFor(statements(), 'elasticmapreduce:AddJobFlowSteps').Resource).toEqual(arn('elasticmapreduce:eu-west-1:111122223333:cluster/*'));
  expectCompliant(stack);
});

test('a cluster of its own', () => {
  const { definition, statements } = pipelineOf(stack => [emr(own(stack, {
    core: { instanceType: 'm5.2xlarge', instanceCount: PipelineParameter.integer('Core', { defaultValue: 2 }).asNumber() },
    task: { instanceType: 'm5.2xlarge', instanceCount: 3, spot: true },
    applications: ['Spark'],
    configurations: [{ classification: 'spark-defaults', properties: { 'spark.executor.memory': '4g' } }],
    bootstrapActions: [{ actionName: 'prepare', scriptUri: 's3://lake/prepare.sh', arguments: ['x'] }],
    subnet: Subnet.fromSubnetId(stack, 'Subnet', 'subnet-1'),
    securityConfiguration: new CfnSecurityConfiguration(stack, 'Security', { securityConfiguration: {} }),
    logUri: 's3://lake/logs/',
    tags: { b: '2', a: '1' },
  }))]);
  expect(definition().Steps[0].Arguments.ClusterConfig).toEqual({
    ReleaseLabel: 'emr-7.1.0',
    Applications: [{ Name: 'Spark' }],
    Instances: {
      InstanceGroups: [
        { InstanceRole: 'MASTER', InstanceType: 'm5.xlarge', InstanceCount: 1 },
        { InstanceRole: 'CORE', InstanceType: 'm5.2xlarge', InstanceCount: { Get: 'Parameters.Core' } },
        { InstanceRole: 'TASK', InstanceType: 'm5.2xlarge', InstanceCount: 3, Market: 'SPOT' },
      ],
      Ec2SubnetId: 'subnet-1',
    },
    Configurations: [{ Classification: 'spark-defaults', Properties: { 'spark.executor.memory': '4g' } }],
    BootstrapActions: [{ Name: 'prepare', ScriptBootstrapAction: { Path: 's3://lake/prepare.sh', Args: ['x'] } }],
    SecurityConfiguration: '${Security}',
    LogUri: 's3://lake/logs/',
    ServiceRole: expect.stringMatching(/^\$\{Service\w+\.Arn\}$/),
    JobFlowRole: expect.stringMatching(/^\$\{Profile\w+\}$/),
    Tags: [{ Key: 'a', Value: '1' }, { Key: 'b', Value: '2' }],
  });
  expect(strictFaults(definition())).toEqual([]);
  expect(statementFor(statements(), 'elasticmapreduce:RunJobFlow')).toMatchObject({
    Action: ['AddTags', 'DescribeCluster', 'DescribeStep', 'ListSteps', 'RunJobFlow', 'TerminateJobFlows'].map(a => `elasticmapreduce:${a}`),
    Resource: arn('elasticmapreduce:eu-west-1:111122223333:cluster/*'),
  });
  expect(statementFor(statements(), 'events:PutRule').Resource).toEqual(arn('events:eu-west-1:111122223333:rule/SageMakerPipelineExecutionEMRClusterStatusUpdateRule'));
  const passed = statements().filter(s => s.Action === 'iam:PassRole').map(s => [JSON.stringify(s.Resource).match(/"(Service|Instances)/)?.[1], s.Condition.StringEquals['iam:PassedToService']]);
  expect(passed).toEqual(expect.arrayContaining([['Service', 'elasticmapreduce.amazonaws.com'], ['Instances', 'ec2.amazonaws.com']]));
});

test('a plain cluster of its own is no finding', () => {
  const { stack, statements } = pipelineOf(s => [emr(own(s))]);
  expect(statementFor(statements(), 'elasticmapreduce:RunJobFlow').Action).not.toContain('elasticmapreduce:AddTags');
  expectCompliant(stack);
});

test('a misspelt output is an error at once', () => {
  expect(() => emr(RUNNING, { outputs: { b: 's3://b/b', a: 's3://b/a' } }).output('c')).toThrow(new Error("Step 'Spark' has no output 'c'; it has: a, b"));
});

test('bad input is one error', () => {
  const message = errorOf(() => pipelineOf(stack => [
    emr(EmrStepCluster.runningFromId('cluster'), { jar: ' ', outputs: { x: 'lake/x' } }),
    new EmrStep('Own', {
      jar: 'x'.repeat(10_281),
      cluster: own(stack, {
        releaseLabel: '7.1',
        instanceProfile: InstanceProfile.fromInstanceProfileName(stack, 'Imported', 'profile'),
        primary: { instanceType: 'large', instanceCount: 0 },
        logUri: 'lake/logs',
        bootstrapActions: [{ actionName: 'x', scriptUri: 'x.sh' }],
      }),
    }),
  ]));
  expect(message).toBe([
    "SageMakerPipeline at 'Stack/Pipeline' has 10 problems:",
    "  - step 'Spark'.cluster id must look like 'j-2AXXXXXXGAPLF', got 'cluster'",
    "  - step 'Spark'.jar must be the URI of a JAR file, or command-runner.jar, got ' '",
    "  - step 'Spark'.outputs.x must begin with 's3://' and a bucket, or be a variable, got 'lake/x'",
    "  - step 'Own'.cluster.releaseLabel must look like 'emr-7.1.0', got '7.1'",
    "  - step 'Own'.cluster.primary.instanceType must look like 'm5.xlarge', got 'large'",
    "  - step 'Own'.cluster.primary.instanceCount must be a whole number of at least 1, got 0",
    "  - step 'Own'.cluster.instanceProfile must tell its role: InstanceProfile.fromInstanceProfileAttributes({ instanceProfileArn, role })",
    "  - step 'Own'.cluster.logUri must begin with 's3://' and a bucket, or be a variable, got 'lake/logs'",
    "  - step 'Own'.cluster.bootstrapActions[0].scriptUri must begin with 's3://' and a bucket, or be a variable, got 'x.sh'",
    "  - step 'Own'.jar (characters) must be between 0 and 10280, got 10281",
  ].join('\n'));
});

test('tokens pass', () => {
  const { step } = pipelineOf(stack => {
    const text = (id: string) => new CfnParameter(stack, id).valueAsString;
    return [emr(own(stack, { releaseLabel: text('Release'), primary: { instanceType: text('Type') }, subnet: new CfnSubnet(stack, 'Subnet', { vpcId: 'vpc-1' }) }), { jar: text('Jar') })];
  });
  expect(step().Arguments).toMatchObject({ StepConfig: { HadoopJarStep: { Jar: '${Jar}' } }, ClusterConfig: { ReleaseLabel: '${Release}' } });
});
