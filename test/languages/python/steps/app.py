from aws_cdk import App, Duration, Stack
from aws_cdk.aws_iam import Role
from cdk_ml_patterns import (
    ComplianceException,
    ComplianceOptions,
    ConditionStep,
    FailStep,
    Hosting,
    InferenceEndpoint,
    InferenceModel,
    JobDefaults,
    MlflowTracking,
    ModelArtifactBucket,
    PipelineCondition,
    PipelineExecution,
    PipelineExperiment,
    PipelineParameter,
    ProcessingOutput,
    ProcessingReport,
    ProcessingStep,
    SageMakerImage,
    SageMakerPipeline,
    StepCache,
    StepRetry,
    TrainingChannel,
    TrainingStep,
)

image = SageMakerImage.from_uri("111122223333.dkr.ecr.eu-west-1.amazonaws.com/churn:1")


def steps(app: App) -> None:
    """Variables in texts and as numbers, and maps, whose order each language chooses for itself."""
    stack = Stack(app, "Steps")
    artifacts = ModelArtifactBucket(stack, "Artifacts")
    rounds = PipelineParameter.integer("Rounds", default_value=50)
    count = PipelineParameter.integer("Count", default_value=2)
    zone = PipelineParameter.text("Zone", default_value="a", allowed_values=["a", "b"])
    fast = PipelineParameter.flag("Fast", default_value=False)
    prepare = ProcessingStep(
        "Prepare",
        display_name="Prepare the data",
        image=image,
        arguments=[f"--label={PipelineExecution.PIPELINE_NAME.as_string()}/{stack.region}", fast.as_string()],
        environment={"MIDDLE": "c", "ZONE": "a", "ALPHA": "b"},
        outputs=[ProcessingOutput.of("train")],
        report=ProcessingReport(output_name="train", path="report.json"),
        instance_count=count.as_number(),
        cache=StepCache.expiring_after(Duration.days(30)),
        retries=[
            StepRetry.on_capacity(max_attempts=3),
            StepRetry.on_service_errors(interval=Duration.seconds(10), backoff_rate=1.5, expire_after=Duration.hours(1)),
        ],
    )
    fit = TrainingStep(
        "Fit",
        image=image,
        channels=[TrainingChannel.csv("train", prepare.output("train"))],
        hyperparameters={"objective": "reg:linear", "num_round": rounds.as_string(), "alpha": "1", "eta": "0.2"},
        role=Role.from_role_arn(stack, "Own", "arn:aws:iam::111122223333:role/own", mutable=False),
        job_defaults=JobDefaults.secure(network_isolation=False),
    )
    fit.add_override("Arguments.CheckpointConfig", {"LocalPath": "/opt/ml/checkpoints", "S3Uri": f"s3://bucket/{PipelineExecution.ID.as_string()}"})
    fit.add_override("Arguments.RetryStrategy.MaximumRetryAttempts", count)
    fit.add_deletion_override("Arguments.ResourceConfig.VolumeKmsKeyId")
    clean = ProcessingStep("Clean", image=image, arguments=[f"{prepare.output('train')}/part"])
    clean.after_failed(fit)
    rmse = fit.final_metric("validation:rmse")
    rows = prepare.metric("rows.count")
    check = ConditionStep(
        "Check",
        condition=PipelineCondition.all(
            rmse.at_most(3),
            rows.greater_than(count.as_number()),
            PipelineCondition.any(zone.one_of("b", PipelineExecution.PIPELINE_NAME.as_string()), rounds.one_of_numbers(10, 50)),
            PipelineCondition.none(fast.equal_to_flag(True)),
        ),
        else_steps=[
            FailStep("Bad", message=f"rmse is {rmse.as_string()} after {rounds.as_string()} rounds over {rows.as_string()} rows"),
        ],
    )
    SageMakerPipeline(
        stack,
        "Pipeline",
        artifacts=artifacts,
        steps=[prepare, fit, clean, check],
        experiment=PipelineExperiment.named(f"churn-{zone.as_string()}"),
        mlflow=MlflowTracking.app_from_arn("arn:aws:sagemaker:eu-west-1:111122223333:mlflow-app/app-1", experiment_name=zone.as_string()),
        max_parallel_steps=2,
        compliance=ComplianceOptions(
            exceptions=[ComplianceException(rule=rule, reason="Overrides are what is tested.") for rule in ("ML-SM13[Fit]", "ML-SM32[Fit]")],
        ),
    )


def bad_app(**context: str) -> App:
    """An app that CDK does not synthesise by itself when the program ends."""
    return App(auto_synth=False, outdir="bad.out", context={f"cdk-ml-patterns:{key}": value for key, value in context.items()})


def bad_input() -> None:
    model = InferenceModel.from_container(image=image)
    hosting = Hosting.real_time(model=model, instance_count=0)
    InferenceEndpoint(Stack(bad_app(), "Bad"), "Churn", endpoint_name="my_endpoint", hosting=hosting)


def finding() -> None:
    app = bad_app(complianceLevel="warning")
    model = InferenceModel.from_container(image=image)
    InferenceEndpoint(Stack(app, "Bad"), "Churn", hosting=Hosting.real_time(model=model, instance_count=1))
    app.synth()


def mangled(text: str) -> None:
    step = ProcessingStep("Step", image=image, arguments=[text])
    SageMakerPipeline(Stack(bad_app(), "Bad"), "Pipeline", steps=[step])


def mangled_number() -> None:
    """A number that was put into a text without as_string(): each language formats it in its own way."""
    mangled(f"--count={PipelineParameter.integer('Count').as_number()}")


def mangled_object() -> None:
    mangled(f"--count={PipelineParameter.integer('Count')}")


def message_of(action) -> str:
    try:
        action()
    except RuntimeError as error:
        return str(error)
    raise AssertionError("this should have failed")


assert "step 'Step'.arguments[0] holds a Python object that was formatted as text: use as_string() of the variable" in message_of(mangled_object)
with open("errors.txt", "w") as file:
    file.write("\n----\n".join(message_of(action) for action in (bad_input, finding, mangled_number)))
main = App()
steps(main)
main.synth()
