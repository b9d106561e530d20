from aws_cdk import App, Stack
from cdk_ml_patterns import (
    ConditionStep,
    FailStep,
    Hosting,
    InferenceEndpoint,
    InferenceModel,
    ModelArtifactBucket,
    PipelineExecution,
    PipelineParameter,
    ProcessingOutput,
    ProcessingStep,
    SageMakerImage,
    SageMakerPipeline,
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
    prepare = ProcessingStep(
        "Prepare",
        image=image,
        arguments=[f"--label={PipelineExecution.ID.as_string()}/{stack.region}"],
        environment={"MIDDLE": "c", "ZONE": "a", "ALPHA": "b"},
        outputs=[ProcessingOutput.of("train")],
        instance_count=count.as_number(),
    )
    fit = TrainingStep(
        "Fit",
        image=image,
        channels=[TrainingChannel.csv("train", prepare.output("train"))],
        hyperparameters={"objective": "reg:linear", "num_round": rounds.as_string(), "alpha": "1", "eta": "0.2"},
    )
    rmse = fit.final_metric("validation:rmse")
    check = ConditionStep(
        "Check",
        condition=rmse.at_most(3),
        else_steps=[FailStep("Bad", message=f"rmse is {rmse.as_string()} after {rounds.as_string()} rounds")],
    )
    SageMakerPipeline(stack, "Pipeline", artifacts=artifacts, steps=[prepare, fit, check])


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


def message_of(action) -> str:
    try:
        action()
    except RuntimeError as error:
        return str(error)
    raise AssertionError("this should have failed")


with open("errors.txt", "w") as file:
    file.write("\n----\n".join(message_of(action) for action in (bad_input, finding)))
main = App()
steps(main)
main.synth()
