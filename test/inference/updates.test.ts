import { Duration, Size } from 'aws-cdk-lib';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import { Topic } from 'aws-cdk-lib/aws-sns';
import {
  ArtifactPrefix, BacklogScaling, CopyScaling, DataCapture, Hosting, InferenceEndpoint, InferenceEndpointProps, InferenceModel, InstanceScaling,
  InstanceSettings, InstanceVariant, MlInstanceType, ModelArtifactBucket, Rollout, RoutingStrategy, SageMakerImage,
} from '../../src';
import { stackFixture } from '../helper';
import { changesOf, updatePlan } from '../update-plan';

const modelOf = (tag: string, environment?: Record<string, string>) =>
  InferenceModel.fromContainer({ environment, image: SageMakerImage.fromUri(`111122223333.dkr.ecr.eu-west-1.amazonaws.com/churn:${tag}`) });
const MODEL = modelOf('1');
const scaling = (maxCapacity: number, minCapacity = 2) => InstanceScaling.onInvocations({ perInstance: 100, minCapacity, maxCapacity });

type Props = (artifacts: ModelArtifactBucket) => InferenceEndpointProps;

/** A stack with a bucket, a VPC and a topic, and an endpoint if `props` says one. */
function templateOf(props: Props): any {
  const { stack, template } = stackFixture({ stack: { env: { account: '111122223333', region: 'eu-west-1' } } });
  new InferenceEndpoint(stack, 'Endpoint', props(new ModelArtifactBucket(stack, 'Artifacts')));
  return template().toJSON();
}

const realTime = (settings: InstanceSettings & { scaling?: InstanceScaling } = {}, model = MODEL): Props =>
  () => ({ hosting: Hosting.realTime({ model, ...settings }) });
const variants = (...given: Partial<InstanceVariant>[]): Props => () => ({
  hosting: Hosting.realTime({ variants: given.map((v, i) => ({ variantName: `v${i}`, model: MODEL, ...v })) }),
});
const queue = (more: object = {}): Props => a => ({
  hosting: Hosting.asynchronous({ model: MODEL, input: a.at(ArtifactPrefix.ASYNC_INPUT), output: a.at(ArtifactPrefix.ASYNC_OUTPUT), ...more }),
});
const serverless = (more: object = {}): Props => () => ({ hosting: Hosting.serverless({ model: MODEL, ...more }) });
const components = (more: object = {}, fleet: object = {}): Props => () => ({
  hosting: Hosting.components({ maxInstanceCount: 2, components: [{ componentName: 'one', model: MODEL, memorySize: Size.gibibytes(1), ...more }], ...fleet }),
});

const MODELS = ['AWS::SageMaker::EndpointConfig', 'AWS::SageMaker::Model'];
const CONFIG = ['AWS::SageMaker::EndpointConfig'];
const ENDPOINT = ['AWS::SageMaker::Endpoint'];
const POLICY = 'AWS::IAM::ManagedPolicy';

/** What is replaced and what is updated in place, by type; what is added and removed is not of interest here. */
const typesOf = (ids: string[] = []) => [...new Set(ids.map(id => id.split(' ')[0]))].sort();

test.each<[string, Props, Props, string[], string[]]>([
  ['another tag of the image', realTime(), realTime({}, modelOf('2')), MODELS, ENDPOINT],
  ['another environment', realTime(), realTime({}, modelOf('1', { LOG: 'debug' })), MODELS, ENDPOINT],
  ['more instances', realTime({ instanceCount: 2 }), realTime({ instanceCount: 3 }), CONFIG, ENDPOINT],
  ['another instance type', realTime(), realTime({ instanceType: MlInstanceType.C5_LARGE }), CONFIG, ENDPOINT],
  ['pools instead of one type', realTime(), realTime({ instancePools: [MlInstanceType.C5_LARGE, MlInstanceType.M5_LARGE] }), CONFIG, ENDPOINT],
  ['another routing', realTime(), realTime({ routing: RoutingStrategy.RANDOM }), CONFIG, ENDPOINT],
  ['a larger volume', realTime(), realTime({ volumeSize: Size.gibibytes(60) }), CONFIG, ENDPOINT],
  ['a longer start', realTime(), realTime({ containerStartupTimeout: Duration.minutes(20) }), CONFIG, ENDPOINT],
  ['scaling begins', realTime(), realTime({ scaling: scaling(4, 1) }), [], ENDPOINT],
  ['scaling ends', realTime({ scaling: scaling(4, 1) }), realTime(), [], ENDPOINT],
  ['another maximum of the scaling', realTime({ scaling: scaling(4) }), realTime({ scaling: scaling(8) }), [], ['AWS::ApplicationAutoScaling::ScalableTarget']],
  ['another minimum of the scaling', realTime({ scaling: scaling(4, 2) }), realTime({ scaling: scaling(4, 3) }), CONFIG,
    ['AWS::ApplicationAutoScaling::ScalableTarget', ...ENDPOINT]],
  ['a new model of a scaled variant', realTime({ scaling: scaling(4) }), realTime({ scaling: scaling(4) }, modelOf('2')), MODELS, ENDPOINT],
  ['another weight', variants({ weight: 1 }, { weight: 1 }), variants({ weight: 1 }, { weight: 3 }), CONFIG, ENDPOINT],
  ['one more variant', variants({}), variants({}, {}), CONFIG, [...ENDPOINT, POLICY]],
  ['one variant less', variants({}, {}), variants({}), CONFIG, [...ENDPOINT, POLICY]],
  ['a shadow', realTime(), () => ({ hosting: Hosting.realTime({ model: MODEL, shadow: { model: modelOf('2') } }) }), CONFIG, ENDPOINT],
  ['a canary instead of all at once', realTime({ instanceCount: 4 }), a => ({ ...realTime({ instanceCount: 4 })(a), rollout: Rollout.canary({ percent: 25 }) }), [], ENDPOINT],
  ['data capture', realTime(), a => ({ hosting: Hosting.realTime({ model: MODEL, dataCapture: DataCapture.to(a.at(ArtifactPrefix.CAPTURE)) }) }), CONFIG,
    [...ENDPOINT, POLICY]],
  ['a VPC', a => ({ ...realTime()(a) }), a => ({
    ...realTime()(a),
    vpc: Vpc.fromVpcAttributes(a, 'Vpc', {
      vpcId: 'vpc-1', availabilityZones: ['a', 'b'], privateSubnetIds: ['subnet-1', 'subnet-2'],
    }),
  }), MODELS, [...ENDPOINT, POLICY]],
  ['the network of the containers', realTime(), a => ({ ...realTime()(a), networkIsolation: false, compliance: { exceptions: [{ rule: 'ML-SM1', reason: 'Calls a feature store' }] } }),
    MODELS, ENDPOINT],
  ['more memory of a serverless endpoint', serverless(), serverless({ memorySize: Size.gibibytes(4) }), CONFIG, ENDPOINT],
  ['provisioned concurrency', serverless(), serverless({ provisionedConcurrency: 2 }), CONFIG, ENDPOINT],
  ['a topic of an asynchronous endpoint', queue(), a => queue({ onError: Topic.fromTopicArn(a, 'T', 'arn:aws:sns:eu-west-1:111122223333:t') })(a), CONFIG, [...ENDPOINT, POLICY]],
  ['another bound of the backlog', queue(), queue({ scaling: BacklogScaling.onBacklog({ maxCapacity: 4 }) }), [], ['AWS::ApplicationAutoScaling::ScalableTarget']],
  ['another model of a component', components(), components({ model: modelOf('2') }), ['AWS::SageMaker::Model'], ['AWS::SageMaker::InferenceComponent']],
  ['more copies of a component', components(), components({ copyCount: 2 }), [], ['AWS::SageMaker::InferenceComponent']],
  ['scaling of a component', components(), components({ scaling: CopyScaling.onConcurrency({ perCopy: 2, maxCapacity: 2 }) }), [], []],
  ['a larger fleet', components(), components({}, { maxInstanceCount: 5 }), CONFIG, ENDPOINT],
])('%s: what is replaced, and what is updated', (_, before, after, replaced, updated) => {
  const [old, renewed] = [templateOf(before), templateOf(after)];
  const changes = changesOf(old, renewed);
  expect(typesOf(changes.replaced)).toEqual([...replaced].sort());
  expect(typesOf(changes.updated)).toEqual([...updated].sort());
  expect(Object.values(updatePlan(old, renewed)).map(c => c.blockedBy).filter(b => b !== undefined)).toEqual([]);
});

test.each<[string, Props, Props]>([
  ['serverless', realTime(), serverless()],
  ['asynchronous', realTime(), queue()],
  ['components', realTime(), components()],
  ['real-time', serverless(), realTime()],
])('another kind is another endpoint, never a failed update: %s', (_, before, after) => {
  const { added, removed, replaced } = changesOf(templateOf(before), templateOf(after));
  expect(typesOf(added)).toEqual(expect.arrayContaining([...ENDPOINT, ...CONFIG]));
  expect(typesOf(removed)).toEqual(expect.arrayContaining([...ENDPOINT, ...CONFIG]));
  expect(typesOf(replaced)).not.toContain(ENDPOINT[0]);
});
