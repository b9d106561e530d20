from aws_cdk import Duration, Stack
from aws_cdk.aws_sns import Topic
from cdk_ml_patterns import (
    HyperparameterRange, HyperparameterScaling, InputObject, ModelArtifactBucket, ModelRegistry, PipelineGuardRails, PipelineNotifications,
    PipelineTrigger, ProcessingInput, ProcessingOutput, ProcessingStep, RegisterModelStep, SageMakerImage, SageMakerPipeline, TrainingChannel,
    TuningObjective, TuningStep, TuningTrainingJob,
)
from constructs import Construct


class ChurnStack(Stack):
    def __init__(self, scope: Construct, id: str, **kwargs) -> None:
        super().__init__(scope, id, **kwargs)
        artifacts = ModelArtifactBucket(self, "Artifacts")
        data = artifacts.dataset("churn")
        started_by = InputObject.of(data)
        team = Topic(self, "Team")
        image = SageMakerImage.from_uri("111122223333.dkr.ecr.eu-west-1.amazonaws.com/churn:1")

        prepare = ProcessingStep(
            "Prepare",
            image=image,
            entrypoint=["python3", "/opt/ml/code/prepare.py"],
            inputs=[ProcessingInput.s3("raw", started_by.uri)],
            outputs=[ProcessingOutput.of("train"), ProcessingOutput.of("validation")],
            max_runtime=Duration.hours(1),
        )
        tune = TuningStep(
            "Tune",
            training_jobs=[
                TuningTrainingJob(
                    image=image,
                    channels=[TrainingChannel.csv(name, prepare.output(name)) for name in ("train", "validation")],
                    hyperparameters={"num_round": "100"},
                    metric_definitions={"validation:rmse": "rmse=([0-9.]+)"},
                    objective=TuningObjective.minimize("validation:rmse"),
                    ranges=[
                        HyperparameterRange.continuous("eta", 0.01, 0.5, HyperparameterScaling.LOGARITHMIC),
                        HyperparameterRange.integer("max_depth", 2, 10),
                    ],
                    max_runtime=Duration.hours(2),
                )
            ],
            max_jobs=20,
            max_parallel_jobs=4,
        )
        register = RegisterModelStep(
            "Register",
            registry=ModelRegistry(self, "Models"),
            image=image,
            model_artifact=tune.top_model_artifact(0),
            content_types=["text/csv"],
            instance_types=["ml.m5.large"],
        )
        SageMakerPipeline(
            self,
            "Pipeline",
            artifacts=artifacts,
            steps=[prepare, tune, register],
            triggers=[PipelineTrigger.on_new_data(data=data, pass_object=True, marker=".csv")],
            notifications=PipelineNotifications(on_failure=team, on_step_failure=team, on_approval_needed=team),
            guard_rails=PipelineGuardRails(
                instance_types=["ml.m5.*"],
                require_network_isolation=True,
                max_runtime=Duration.hours(12),
                require_manual_approval=True,
            ),
        )
