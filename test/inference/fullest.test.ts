import { Duration, Size } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { SubnetType, Vpc } from 'aws-cdk-lib/aws-ec2';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Topic } from 'aws-cdk-lib/aws-sns';
import {
  ArtifactPrefix, BacklogScaling, ClarifyExplainer, CompliancePack, ComponentPlacement, ConcurrencyScaling,
  CopyScaling, DataCapture, Hosting, InferenceEndpoint, InferenceEndpointProps, InferenceModel, InstanceScaling, InstanceTypeChanges,
  MlInstanceType, ModelArtifactBucket, MonitorKind, Rollout, RoutingStrategy, SageMakerImage, ScaleInPolicy, ShapBaseline,
} from '../../src';
import { dependencyCycle, openFindings, stackFixture } from '../helper';

const image = SageMakerImage.fromUri('111122223333.dkr.ecr.eu-west-1.amazonaws.com/churn:1.4.2');
const packs = [
  CompliancePack.ML_SECURITY,
  CompliancePack.AWS_SOLUTIONS,
  CompliancePack.HIPAA_SECURITY,
  CompliancePack.NIST_800_53_R4,
  CompliancePack.NIST_800_53_R5,
  CompliancePack.PCI_DSS_321,
  CompliancePack.SERVERLESS,
];

interface Beside { readonly artifacts: ModelArtifactBucket; readonly model: InferenceModel; readonly topic: Topic }

/** As much as each kind takes, in a VPC where it can be. */
const FULLEST: Record<string, (beside: Beside) => Omit<InferenceEndpointProps, 'model'>> = {
  realTime: ({ artifacts, model }) => ({
    hosting: Hosting.realTime({
      variants: [
        {
          model,
          variantName: 'current',
          instanceCount: 2,
          weight: 9,
          volumeSize: Size.gibibytes(50),
          containerStartupTimeout: Duration.minutes(10),
          modelDownloadTimeout: Duration.minutes(10),
          instanceProvisionTimeout: Duration.minutes(30),
          routing: RoutingStrategy.LEAST_OUTSTANDING_REQUESTS,
          coreDumps: artifacts.at(ArtifactPrefix.of('dumps/')),
          scaling: InstanceScaling.onInvocations({ perInstance: 500, minCapacity: 2, maxCapacity: 20 }),
        },
        { model, variantName: 'challenger', instanceCount: 2, weight: 1, instancePools: [MlInstanceType.C5_LARGE, MlInstanceType.M5_LARGE] },
      ],
      dataCapture: DataCapture.to(artifacts.at(ArtifactPrefix.CAPTURE), { percent: 10 }),
      explainer: ClarifyExplainer.shap({ baseline: ShapBaseline.inline('0.4,0.5') }),
      metrics: { enhancedMetrics: true },
    }),
    rollout: Rollout.canary({ percent: 25, modelLatency: Duration.seconds(2), minimumCalls: 20 }),
    instanceTypeChanges: InstanceTypeChanges.deregisterScalableTargets(),
  }),
  serverless: ({ model }) => ({
    hosting: Hosting.serverless({
      model, memorySize: Size.gibibytes(6), maxConcurrency: 100, scaling: ConcurrencyScaling.onUtilization({ minCapacity: 2, maxCapacity: 50 }),
    }),
  }),
  asynchronous: ({ artifacts, model, topic }) => ({
    hosting: Hosting.asynchronous({
      model,
      input: artifacts.at(ArtifactPrefix.ASYNC_INPUT),
      output: artifacts.at(ArtifactPrefix.ASYNC_OUTPUT),
      onSuccess: topic,
      onError: topic,
      includeResponse: true,
      maxConcurrentInvocationsPerInstance: 4,
      instanceCount: 2,
      scaling: BacklogScaling.onBacklog({ perInstance: 10, maxCapacity: 8 }),
    }),
    rollout: Rollout.rolling({ batchPercent: 50 }),
  }),
  components: ({ model }) => ({
    hosting: Hosting.components({
      instanceCount: 2,
      minInstanceCount: 2,
      maxInstanceCount: 8,
      scaleIn: ScaleInPolicy.consolidation(),
      components: [{
        model,
        componentName: 'one',
        memorySize: Size.gibibytes(4),
        maxMemorySize: Size.gibibytes(6),
        cpuCores: 1,
        placement: ComponentPlacement.spread(),
        scaling: CopyScaling.onInvocations({ perCopy: 100, minCapacity: 0, maxCapacity: 4 }),
      }],
    }),
  }),
};

function made(kind: string, compliance: InferenceEndpointProps['compliance']) {
  const { stack } = stackFixture({ stack: { env: { account: '111122223333', region: 'eu-west-1' } } });
  const artifacts = new ModelArtifactBucket(stack, 'Artifacts');
  const topic = new Topic(stack, 'Topic', { masterKey: new Key(stack, 'TopicKey'), enforceSSL: true });
  const model = InferenceModel.fromContainer({ image, artifact: artifacts.artifact('models/churn.tar.gz') });
  const vpc = new Vpc(stack, 'Vpc', { availabilityZones: ['eu-west-1a', 'eu-west-1b'], subnetConfiguration: [{ name: 'isolated', subnetType: SubnetType.PRIVATE_ISOLATED }] });
  const network = kind === 'serverless' ? {} : { vpc, vpcSubnets: { subnetType: SubnetType.PRIVATE_ISOLATED } };
  const endpoint = new InferenceEndpoint(stack, 'Endpoint', { ...FULLEST[kind]({ artifacts, model, topic }), ...network, compliance, onFailedUpdate: topic });
  endpoint.addAlarms({ topic, compliance });
  if (kind === 'realTime') { endpoint.addMonitor('Monitor', { kind: MonitorKind.dataQuality({}), compliance }); }
  return { stack, endpoint };
}

test.each(Object.keys(FULLEST))('the fullest %s endpoint is clean, and without circles', kind => {
  const { stack, endpoint } = made(kind, undefined);
  expect(dependencyCycle(Template.fromStack(stack).toJSON())).toBeUndefined();
  expect(openFindings(endpoint).map(f => `${f.rule} at ${f.path}`)).toEqual([]);
});

test.each(Object.keys(FULLEST))('all packs find nothing open in the fullest %s endpoint', kind => {
  const { stack, endpoint } = made(kind, { packs });
  Template.fromStack(stack);
  expect(openFindings(endpoint).map(f => `${f.rule} at ${f.path}`)).toEqual([]);
});
