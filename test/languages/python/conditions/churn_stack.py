from aws_cdk import Duration, Stack
from cdk_ml_patterns import (
    ConditionStep, FailStep, ModelArtifactBucket, ModelRegistry, PipelineExecution, PipelineParameter, ProcessingInput, ProcessingOutput,
    ProcessingReport, ProcessingStep, RegisterModelStep, SageMakerImage, SageMakerPipeline, StepCache, TrainingChannel, TrainingStep,
)
from constructs import Construct


class ChurnStack(Stack):
    def __init__(self, scope: Construct, id: str, **kwargs) -> None:
        super().__init__(scope, id, **kwargs)
        artifacts = ModelArtifactBucket(self, "Artifacts")
        models = ModelRegistry(self, "Models")
        image = SageMakerImage.from_uri("111122223333.dkr.ecr.eu-west-1.amazonaws.com/churn:1")

        rounds = PipelineParameter.integer("Rounds", default_value=50)
        max_rmse = PipelineParameter.number("MaxRmse", default_value=3)

        prepare = ProcessingStep(
            "Prepare",
            image=image,
            entrypoint=["python3", "/opt/ml/code/prepare.py"],
            inputs=[ProcessingInput.dataset("raw", artifacts.dataset("churn"))],
            outputs=[ProcessingOutput.of("train"), ProcessingOutput.of("test")],
            cache=StepCache.expiring_after(Duration.days(30)),
        )
        fit = TrainingStep(
            "Fit",
            image=image,
            channels=[TrainingChannel.csv("train", prepare.output("train"))],
            hyperparameters={"num_round": rounds.as_string()},
        )
        score = ProcessingStep(
            "Score",
            image=image,
            entrypoint=["python3", "/opt/ml/code/score.py"],
            inputs=[ProcessingInput.s3("model", fit.model_artifact), ProcessingInput.s3("test", prepare.output("test"))],
            outputs=[ProcessingOutput.of("report")],
            report=ProcessingReport(output_name="report", path="report.json"),
        )
        rmse = score.metric("metrics.rmse")
        register = RegisterModelStep(
            "Register",
            registry=models,
            image=image,
            model_artifact=fit.model_artifact,
            content_types=["text/csv"],
            instance_types=["ml.m5.large"],
            quality_report=f"{score.output('report')}/report.json",
            customer_metadata={"execution": PipelineExecution.ID.as_string()},
        )
        check = ConditionStep(
            "GoodEnough",
            condition=rmse.at_most(max_rmse.as_number()),
            if_steps=[register],
            else_steps=[FailStep("TooBad", message=f"rmse is {rmse.as_string()}, more than {max_rmse.as_string()}")],
        )
        SageMakerPipeline(self, "Pipeline", artifacts=artifacts, steps=[prepare, fit, score, check])
