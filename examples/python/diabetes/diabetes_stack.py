from aws_cdk import Duration, Stack
from aws_cdk.aws_iam import Role, ServicePrincipal
from cdk_ml_patterns import (
    ArtifactLifecycle,
    ArtifactPrefix,
    ContainerSource,
    CustomContainerRepo,
    ImageExpiry,
    InferenceEndpoint,
    InferenceModel,
    MlTrainingPipeline,
    ModelArtifact,
    ModelArtifactBucket,
    ModelRegistry,
    PipelineTrigger,
    ReportMetric,
    TrainingPipelineEvaluation,
    TrainingPipelineProcessing,
    TrainingPipelineRegistration,
    TrainingPipelineTraining,
)
from constructs import Construct


class DiabetesStack(Stack):
    """One deployment from an empty account to an answer: images are built and the first model is uploaded before the endpoint is made."""

    def __init__(self, scope: Construct, id: str, **kwargs) -> None:
        super().__init__(scope, id, **kwargs)
        artifacts = ModelArtifactBucket(
            self,
            "Artifacts",
            intermediate_expiration=Duration.days(14),
            lifecycle=[
                ArtifactLifecycle(
                    prefix=ArtifactPrefix.DATASETS,
                    old_versions_tier_after=Duration.days(30),
                    old_versions_expire_after=Duration.days(365),
                ),
                ArtifactLifecycle(prefix=ArtifactPrefix.PIPELINES, tier_after=Duration.days(90)),
            ],
        )
        images = CustomContainerRepo(self, "Images", expiry=[ImageExpiry(tag_pattern="dev-*", max_images=10)])

        # The container kit with code/model.py, and a directory with a Dockerfile.
        image = images.add_image("Kit", ContainerSource.from_template("code"))
        split = images.add_image("Split", ContainerSource.from_directory("split"))

        # Served from the first deployment on.
        first = ModelArtifact.from_asset(self, "FirstModel", "first-model")
        endpoint = InferenceEndpoint(self, "Endpoint", model=InferenceModel.from_container(image=image, artifact=first))
        endpoint.grants.invoke(Role(self, "Caller", assumed_by=ServicePrincipal("lambda.amazonaws.com")))

        # The same image trains and evaluates whenever there is new data.
        MlTrainingPipeline(
            self,
            "Pipeline",
            artifacts=artifacts,
            data=artifacts.dataset("diabetes"),
            processing=TrainingPipelineProcessing(image=split, outputs=["train", "test"]),
            training=TrainingPipelineTraining(image=image, channels=["train"]),
            evaluation=TrainingPipelineEvaluation(image=image, report="evaluation.json"),
            acceptance=ReportMetric.at("regression_metrics.r2.value").at_least(0.4),
            registration=TrainingPipelineRegistration(
                registry=ModelRegistry(self, "Models"),
                image=image,
                content_types=["text/csv"],
                instance_types=["ml.m5.large"],
            ),
            triggers=[PipelineTrigger.on_new_data()],
        )
