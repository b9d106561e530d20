from aws_cdk import Duration, Size, Stack
from cdk_ml_patterns import (
    ArtifactPrefix,
    BacklogScaling,
    CopyScaling,
    CustomContainerRepo,
    Hosting,
    InferenceComponentOptions,
    InferenceEndpoint,
    InferenceModel,
    InstanceScaling,
    InstanceVariant,
    MlInstanceType,
    ModelArtifactBucket,
    Rollout,
)
from constructs import Construct


class ServingStack(Stack):
    """One endpoint of each kind."""

    def __init__(self, scope: Construct, id: str, *, artifacts: ModelArtifactBucket, images: CustomContainerRepo, **kwargs) -> None:
        super().__init__(scope, id, **kwargs)
        image = images.image("1.0.0")

        def model_of(key: str) -> InferenceModel:
            return InferenceModel.from_container(image=image, artifact=artifacts.artifact(key))

        # Two variants that share the traffic; an update begins with a tenth of the instances, and goes back if it fails.
        InferenceEndpoint(
            self,
            "Ranker",
            hosting=Hosting.real_time(
                variants=[
                    InstanceVariant(
                        variant_name="current",
                        model=model_of("models/ranker/1/model.tar.gz"),
                        scaling=InstanceScaling.on_invocations(per_instance=500, min_capacity=2, max_capacity=20),
                    ),
                    InstanceVariant(variant_name="challenger", model=model_of("models/ranker/2/model.tar.gz"), weight=0.1, instance_count=2),
                ],
            ),
            rollout=Rollout.canary(percent=10, bake=Duration.minutes(10)),
        )

        # A queue in front of instances, which stop when it is empty and are woken up by the next request.
        InferenceEndpoint(
            self,
            "Summaries",
            hosting=Hosting.asynchronous(
                model=model_of("models/summaries/1/model.tar.gz"),
                input=artifacts.at(ArtifactPrefix.ASYNC_INPUT),
                output=artifacts.at(ArtifactPrefix.ASYNC_OUTPUT),
                scaling=BacklogScaling.on_backlog(max_capacity=4),
            ),
        )

        # Runs, and costs, only while it answers.
        InferenceEndpoint(
            self,
            "Prices",
            hosting=Hosting.serverless(
                model=model_of("models/prices/1/model.tar.gz"),
                memory_size=Size.gibibytes(4),
                max_concurrency=20,
            ),
        )

        # A model in copies on a fleet of its own, down to no copy and no instance.
        InferenceEndpoint(
            self,
            "Chat",
            hosting=Hosting.components(
                instance_type=MlInstanceType.of("ml.m7i.2xlarge"),
                max_instance_count=4,
                components=[
                    InferenceComponentOptions(
                        component_name="chat",
                        model=model_of("models/chat/1/model.tar.gz"),
                        memory_size=Size.gibibytes(8),
                        cpu_cores=2,
                        scaling=CopyScaling.on_concurrency(per_copy=4, min_capacity=0, max_capacity=8),
                    ),
                ],
            ),
        )
