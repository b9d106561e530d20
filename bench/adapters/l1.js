'use strict';
// The same endpoint written by hand with L1 constructs, as an expert would who knows all that the library knows.
const { App, Stack } = require('aws-cdk-lib');
const { CfnAlarm } = require('aws-cdk-lib/aws-cloudwatch');
const { CfnManagedPolicy, CfnRole } = require('aws-cdk-lib/aws-iam');
const { CfnKey } = require('aws-cdk-lib/aws-kms');
const { CfnEndpoint, CfnEndpointConfig, CfnModel } = require('aws-cdk-lib/aws-sagemaker');

exports.build = (count, outdir) => {
  const app = new App({ outdir });
  const stack = new Stack(app, 'Serving');
  const arn = (service, rest) => `arn:${stack.partition}:${service}:${stack.region}:${stack.account}:${rest}`;
  const key = new CfnKey(stack, 'Key', {
    enableKeyRotation: true,
    keyPolicy: {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: 'kms:*', Resource: '*', Principal: { AWS: `arn:${stack.partition}:iam::${stack.account}:root` } }],
    },
  });
  for (let i = 0; i < count; i++) { endpoint(stack, `Endpoint${i}`, key, arn); }
  return app;
};

function endpoint(stack, id, key, arn) {
  const name = `serving-${id.toLowerCase()}`;
  const alarm = new CfnAlarm(stack, `${id}Errors`, {
    namespace: 'AWS/SageMaker',
    metricName: 'Invocation5XXErrors',
    dimensions: [{ name: 'EndpointName', value: name }, { name: 'VariantName', value: 'AllTraffic' }],
    statistic: 'Average',
    period: 60,
    comparisonOperator: 'GreaterThanThreshold',
    threshold: 0.05,
    datapointsToAlarm: 2,
    evaluationPeriods: 3,
    treatMissingData: 'notBreaching',
  });
  const role = new CfnRole(stack, `${id}Role`, {
    assumeRolePolicyDocument: {
      Version: '2012-10-17',
      Statement: [{
        Effect: 'Allow',
        Action: 'sts:AssumeRole',
        Principal: { Service: 'sagemaker.amazonaws.com' },
        Condition: { StringEquals: { 'aws:SourceAccount': stack.account }, ArnLike: { 'aws:SourceArn': arn('sagemaker', '*') } },
      }],
    },
  });
  const policy = new CfnManagedPolicy(stack, `${id}Policy`, { roles: [role.ref], policyDocument: { Version: '2012-10-17', Statement: statements(name, key, alarm, arn) } });
  const model = new CfnModel(stack, `${id}Model`, {
    executionRoleArn: role.attrArn,
    enableNetworkIsolation: true,
    primaryContainer: { image: '111122223333.dkr.ecr.eu-west-1.amazonaws.com/churn:1' },
  });
  model.addDependency(role);
  model.addDependency(policy);
  const config = new CfnEndpointConfig(stack, `${id}Config`, {
    kmsKeyId: key.attrArn,
    productionVariants: [{
      variantName: 'AllTraffic',
      modelName: model.attrModelName,
      instanceType: 'ml.m5.large',
      initialInstanceCount: 1,
      initialVariantWeight: 1,
      routingConfig: { routingStrategy: 'LEAST_OUTSTANDING_REQUESTS' },
    }],
  });
  new CfnEndpoint(stack, id, {
    endpointName: name,
    endpointConfigName: config.attrEndpointConfigName,
    deploymentConfig: {
      autoRollbackConfiguration: { alarms: [{ alarmName: alarm.ref }] },
      blueGreenUpdatePolicy: { trafficRoutingConfiguration: { type: 'ALL_AT_ONCE', waitIntervalInSeconds: 300 }, terminationWaitInSeconds: 300 },
    },
  });
}

function statements(name, key, alarm, arn) {
  const allow = (Action, Resource, Condition) => ({ Effect: 'Allow', Action, Resource, ...(Condition && { Condition }) });
  const group = arn('logs', `log-group:/aws/sagemaker/Endpoints/${name}`);
  return [
    allow(['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:DescribeLogStreams', 'logs:PutLogEvents'], [group, `${group}:log-stream:*`]),
    allow('cloudwatch:PutMetricData', '*', { StringEquals: { 'cloudwatch:namespace': ['AWS/SageMaker', '/aws/sagemaker/Endpoints'] } }),
    allow('cloudwatch:DescribeAlarms', alarm.attrArn),
    allow('kms:CreateGrant', key.attrArn, { Bool: { 'kms:GrantIsForAWSResource': 'true' } }),
    allow(['kms:Decrypt', 'kms:DescribeKey', 'kms:GenerateDataKeyWithoutPlaintext'], key.attrArn),
    allow('ecr:GetAuthorizationToken', '*'),
    allow(['ecr:BatchCheckLayerAvailability', 'ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'], 'arn:aws:ecr:eu-west-1:111122223333:repository/churn'),
  ];
}
