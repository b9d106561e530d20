package hosting;

import io.github.cdkmlpatterns.ArtifactPrefix;
import io.github.cdkmlpatterns.AsynchronousHostingOptions;
import io.github.cdkmlpatterns.BacklogScaling;
import io.github.cdkmlpatterns.BacklogScalingOptions;
import io.github.cdkmlpatterns.CanaryRolloutOptions;
import io.github.cdkmlpatterns.ComponentsHostingOptions;
import io.github.cdkmlpatterns.ContainerModelOptions;
import io.github.cdkmlpatterns.CopyScaling;
import io.github.cdkmlpatterns.CopyScalingOptions;
import io.github.cdkmlpatterns.Hosting;
import io.github.cdkmlpatterns.InferenceComponentOptions;
import io.github.cdkmlpatterns.InferenceEndpoint;
import io.github.cdkmlpatterns.InferenceModel;
import io.github.cdkmlpatterns.InstanceInvocationsOptions;
import io.github.cdkmlpatterns.InstanceScaling;
import io.github.cdkmlpatterns.InstanceVariant;
import io.github.cdkmlpatterns.MlInstanceType;
import io.github.cdkmlpatterns.RealTimeHostingOptions;
import io.github.cdkmlpatterns.Rollout;
import io.github.cdkmlpatterns.ServerlessHostingOptions;
import java.util.List;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Size;
import software.amazon.awscdk.Stack;
import software.constructs.Construct;

/** One endpoint of each kind. */
public final class ServingStack extends Stack {
  private final StorageStack storage;

  public ServingStack(final Construct scope, final String id, final StorageStack storage) {
    super(scope, id);
    this.storage = storage;

    // Two variants that share the traffic; an update begins with a tenth of the instances, and goes back if it fails.
    InferenceEndpoint.Builder.create(this, "Ranker")
        .hosting(Hosting.realTime(RealTimeHostingOptions.builder()
            .variants(List.of(
                InstanceVariant.builder()
                    .variantName("current")
                    .model(model("models/ranker/1/model.tar.gz"))
                    .scaling(InstanceScaling.onInvocations(
                        InstanceInvocationsOptions.builder().perInstance(500).minCapacity(2).maxCapacity(20).build()))
                    .build(),
                InstanceVariant.builder()
                    .variantName("challenger")
                    .model(model("models/ranker/2/model.tar.gz"))
                    .weight(0.1)
                    .instanceCount(2)
                    .build()))
            .build()))
        .rollout(Rollout.canary(CanaryRolloutOptions.builder().percent(10).bake(Duration.minutes(10)).build()))
        .build();

    // A queue in front of instances, which stop when it is empty and are woken up by the next request.
    InferenceEndpoint.Builder.create(this, "Summaries")
        .hosting(Hosting.asynchronous(AsynchronousHostingOptions.builder()
            .model(model("models/summaries/1/model.tar.gz"))
            .input(storage.artifacts().at(ArtifactPrefix.ASYNC_INPUT))
            .output(storage.artifacts().at(ArtifactPrefix.ASYNC_OUTPUT))
            .scaling(BacklogScaling.onBacklog(BacklogScalingOptions.builder().maxCapacity(4).build()))
            .build()))
        .build();

    // Runs, and costs, only while it answers.
    InferenceEndpoint.Builder.create(this, "Prices")
        .hosting(Hosting.serverless(ServerlessHostingOptions.builder()
            .model(model("models/prices/1/model.tar.gz"))
            .memorySize(Size.gibibytes(4))
            .maxConcurrency(20)
            .build()))
        .build();

    // A model in copies on a fleet of its own, down to no copy and no instance.
    InferenceEndpoint.Builder.create(this, "Chat")
        .hosting(Hosting.components(ComponentsHostingOptions.builder()
            .instanceType(MlInstanceType.of("ml.m7i.2xlarge"))
            .maxInstanceCount(4)
            .components(List.of(InferenceComponentOptions.builder()
                .componentName("chat")
                .model(model("models/chat/1/model.tar.gz"))
                .memorySize(Size.gibibytes(8))
                .cpuCores(2)
                .scaling(CopyScaling.onConcurrency(CopyScalingOptions.builder().perCopy(4).minCapacity(0).maxCapacity(8).build()))
                .build()))
            .build()))
        .build();
  }

  private InferenceModel model(final String key) {
    return InferenceModel.fromContainer(ContainerModelOptions.builder()
        .image(storage.images().image("1.0.0"))
        .artifact(storage.artifacts().artifact(key))
        .build());
  }
}
