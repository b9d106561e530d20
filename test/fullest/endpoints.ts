import { Duration, Size, Stack } from 'aws-cdk-lib';
import { SubnetType, Vpc } from 'aws-cdk-lib/aws-ec2';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Topic } from 'aws-cdk-lib/aws-sns';
import {
  ArtifactPrefix, BacklogScaling, ClarifyExplainer, ComponentPlacement, ConcurrencyScaling, CopyScaling, DataCapture, Hosting,
  InferenceEndpoint, InferenceEndpointProps, InferenceModel, InstanceScaling, InstanceTypeChanges, MlInstanceType, ModelArtifactBucket,
  MonitorKind, MonitorMetric, MonitorSchedule, ProblemType, Rollout, RoutingStrategy, SageMakerImage, ScaleInPolicy, ShapBaseline,
} from '../../src';

const image = SageMakerImage.fromUri('111122223333.dkr.ecr.eu-west-1.amazonaws.com/churn:1.4.2');

interface Beside { readonly artifacts: ModelArtifactBucket; readonly model: InferenceModel; readonly topic: Topic }

/** As much as each kind takes, in a VPC where it can be. */
const FULLEST = {
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
} satisfies Record<string, (beside: Beside) => Omit<InferenceEndpointProps, 'model'>>;

export type EndpointKind = keyof typeof FULLEST;

export const ENDPOINT_KINDS = Object.keys(FULLEST) as EndpointKind[];

/** What is told when something goes wrong: encrypted and reached by TLS only, as the packs ask of the consumer. */
export function topicIn(stack: Stack): Topic {
  return new Topic(stack, 'Topic', { masterKey: new Key(stack, 'TopicKey'), enforceSSL: true });
}

export function vpcIn(stack: Stack): Vpc {
  return new Vpc(stack, 'Vpc', { availabilityZones: ['eu-west-1a', 'eu-west-1b'], subnetConfiguration: [{ name: 'isolated', subnetType: SubnetType.PRIVATE_ISOLATED }] });
}

/** An endpoint of a kind with everything around it: alarms, and monitors of every kind where there are captures. */
export function fullestEndpoint(stack: Stack, kind: EndpointKind): InferenceEndpoint {
  const artifacts = new ModelArtifactBucket(stack, 'Artifacts');
  const topic = topicIn(stack);
  const model = InferenceModel.fromContainer({ image, artifact: artifacts.artifact('models/churn.tar.gz') });
  const network = { vpc: vpcIn(stack), vpcSubnets: { subnetType: SubnetType.PRIVATE_ISOLATED } };
  const endpoint = new InferenceEndpoint(stack, 'Endpoint', {
    ...FULLEST[kind]({ artifacts, model, topic }), ...kind === 'serverless' ? {} : network, onFailedUpdate: topic,
  });
  endpoint.addAlarms({ topic });
  if (kind === 'realTime') {
    for (const [name, monitored] of Object.entries(monitorKinds(artifacts))) {
      endpoint.addMonitor(`${name}Monitor`, {
        kind: monitored,
        ...network,
        schedule: MonitorSchedule.everyHours(6),
        instanceCount: 2,
        interContainerTrafficEncryption: true,
        ...name === 'DataQuality' ? { alarms: [MonitorMetric.featureDrift('age').above(0.2)], alarmTopic: topic } : {},
      });
    }
  }
  return endpoint;
}

function monitorKinds(artifacts: ModelArtifactBucket): Record<string, MonitorKind> {
  const groundTruth = artifacts.at(ArtifactPrefix.of('labels/'));
  const baseline = artifacts.at(ArtifactPrefix.BASELINES);
  const analysisConfig = baseline.file('analysis_config.json');
  return {
    DataQuality: MonitorKind.dataQuality({ constraints: baseline.file('constraints.json'), statistics: baseline.file('statistics.json') }),
    ModelQuality: MonitorKind.modelQuality({ groundTruth, problemType: ProblemType.REGRESSION }),
    ModelBias: MonitorKind.modelBias({ groundTruth, analysisConfig }),
    ModelExplainability: MonitorKind.modelExplainability({ analysisConfig }),
  };
}
