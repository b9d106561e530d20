from aws_cdk import Duration, Stack
from aws_cdk.aws_scheduler import ScheduleExpression
from cdk_ml_patterns import (
    CustomContainerRepo,
    MlTrainingPipeline,
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


class TrainingStack(Stack):
    """Where the age of abalone is learnt."""

    def __init__(self, scope: Construct, id: str, **kwargs) -> None:
        super().__init__(scope, id, **kwargs)
        artifacts = ModelArtifactBucket(self, "Artifacts")
        images = CustomContainerRepo(self, "Images")
        image = images.image("1.4.2")
        self.models = ModelRegistry(self, "Models")

        MlTrainingPipeline(
            self, "Pipeline",
            artifacts=artifacts,
            data=artifacts.dataset("abalone"),
            processing=TrainingPipelineProcessing(image=image, outputs=["train", "validation", "test"]),
            training=TrainingPipelineTraining(
                image=image,
                channels=["train", "validation"],
                hyperparameters={"objective": "reg:squarederror", "num_round": "50"},
            ),
            evaluation=TrainingPipelineEvaluation(image=image, report="evaluation.json"),
            acceptance=ReportMetric.at("regression_metrics.mse.value").at_most(6),
            registration=TrainingPipelineRegistration(
                registry=self.models, image=image, content_types=["text/csv"], instance_types=["ml.m5.large"],
            ),
            triggers=[
                PipelineTrigger.on_new_data(),
                PipelineTrigger.on_schedule(ScheduleExpression.rate(Duration.days(7))),
            ],
        )
