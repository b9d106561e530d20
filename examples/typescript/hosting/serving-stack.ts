import { Duration, Size, Stack, StackProps } from 'aws-cdk-lib';
import {
  ArtifactPrefix, BacklogScaling, CopyScaling, CustomContainerRepo, Hosting, InferenceEndpoint, InferenceModel, InstanceScaling,
  MlInstanceType, ModelArtifactBucket, Rollout,
} from 'cdk-ml-patterns';
import { Construct } from 'constructs';

/** What is served. */
export interface ServingStackProps extends StackProps {
  readonly artifacts: ModelArtifactBucket;
  readonly images: CustomContainerRepo;
}

/** One endpoint of each kind. */
export class ServingStack extends Stack {
  constructor(scope: Construct, id: string, { artifacts, images, ...props }: ServingStackProps) {
    super(scope, id, props);
    const image = images.image('1.0.0');
    const modelOf = (key: string) => InferenceModel.fromContainer({ image, artifact: artifacts.artifact(key) });

    // Two variants that share the traffic; an update begins with a tenth of the instances, and goes back if it fails.
    new InferenceEndpoint(this, 'Ranker', {
      hosting: Hosting.realTime({
        variants: [
          {
            variantName: 'current',
            model: modelOf('models/ranker/1/model.tar.gz'),
            scaling: InstanceScaling.onInvocations({ perInstance: 500, minCapacity: 2, maxCapacity: 20 }),
          },
          { variantName: 'challenger', model: modelOf('models/ranker/2/model.tar.gz'), weight: 0.1, instanceCount: 2 },
        ],
      }),
      rollout: Rollout.canary({ percent: 10, bake: Duration.minutes(10) }),
    });

    // A queue in front of instances, which stop when it is empty and are woken up by the next request.
    new InferenceEndpoint(this, 'Summaries', {
      hosting: Hosting.asynchronous({
        model: modelOf('models/summaries/1/model.tar.gz'),
        input: artifacts.at(ArtifactPrefix.ASYNC_INPUT),
        output: artifacts.at(ArtifactPrefix.ASYNC_OUTPUT),
        scaling: BacklogScaling.onBacklog({ maxCapacity: 4 }),
      }),
    });

    // Runs, and costs, only while it answers.
    new InferenceEndpoint(this, 'Prices', {
      hosting: Hosting.serverless({ model: modelOf('models/prices/1/model.tar.gz'), memorySize: Size.gibibytes(4), maxConcurrency: 20 }),
    });

    // A model in copies on a fleet of its own, down to no copy and no instance.
    new InferenceEndpoint(this, 'Chat', {
      hosting: Hosting.components({
        instanceType: MlInstanceType.of('ml.m7i.2xlarge'),
        maxInstanceCount: 4,
        components: [{
          componentName: 'chat',
          model: modelOf('models/chat/1/model.tar.gz'),
          memorySize: Size.gibibytes(8),
          cpuCores: 2,
          scaling: CopyScaling.onConcurrency({ perCopy: 4, minCapacity: 0, maxCapacity: 8 }),
        }],
      }),
    });
  }
}
