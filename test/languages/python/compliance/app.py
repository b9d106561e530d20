import os

from aws_cdk import App, Size, Stack, Validations
from aws_cdk.aws_sagemaker import CfnModel
from aws_cdk.cloudformation_include import CfnInclude
from cdk_ml_patterns import Hosting, InferenceEndpoint, InferenceModel, MlSecurityChecks, ModelArtifactBucket, SageMakerImage


def bad_app() -> App:
    """An app that CDK does not synthesise by itself when the program ends."""
    return App(auto_synth=False, outdir="bad.out")


def included(app: App, name: str) -> None:
    """Takes in a template of others."""
    CfnInclude(Stack(app, "Included"), "Template", template_file=os.path.join(os.environ["TEMPLATES"], f"{name}.json"))


def serving(app: App) -> Stack:
    """Endpoints of two kinds, of which one has no network isolation, since the service cannot."""
    stack = Stack(app, "Serving")
    model = InferenceModel.from_container(image=SageMakerImage.from_uri("111122223333.dkr.ecr.eu-west-1.amazonaws.com/churn:1"))
    InferenceEndpoint(stack, "RealTime", model=model)
    InferenceEndpoint(stack, "Serverless", hosting=Hosting.serverless(model=model, memory_size=Size.gibibytes(2)))
    ModelArtifactBucket(stack, "Artifacts")
    return stack


def judged(app: App) -> str:
    """What the pack finds: level, rule, place."""
    violations = MlSecurityChecks().validate_scope(app).violations
    return "\n".join(sorted(f"{v.severity} {v.rule_name} {r.construct_path}" for v in violations for r in v.violating_resources))


def judged_template(name: str) -> str:
    app = bad_app()
    included(app, name)
    return judged(app)


def beside() -> str:
    """The reasons of the library are for its own resources only."""
    app = bad_app()
    CfnModel(serving(app), "Own", execution_role_arn="arn:aws:iam::111122223333:role/own")
    return judged(app)


def enforced() -> None:
    app = bad_app()
    MlSecurityChecks().enforce(app)
    included(app, "classic")
    app.synth()


def weak_bucket() -> None:
    app = bad_app()
    artifacts = ModelArtifactBucket(Stack(app, "Weak"), "Artifacts")
    artifacts.bucket.node.default_child.add_property_deletion_override("LoggingConfiguration")
    app.synth()


def message_of(action) -> str:
    try:
        action()
    except RuntimeError as error:
        return str(error)
    raise AssertionError("this should have failed")


WAY_OUT = 'compliance=ComplianceOptions(exceptions=[ComplianceException(rule="ML-S3[BucketEncryption]", reason="...")])'

assert judged_template("hardened") == ""
weak = message_of(weak_bucket)
assert f"To accept with a reason, an exception for each: {WAY_OUT}" in weak
with open("errors.txt", "w") as file:
    file.write("\n----\n".join([judged_template("classic"), beside(), message_of(enforced), weak]))

main = App()
MlSecurityChecks().enforce(main)
Validations.of(main).add_plugins(MlSecurityChecks())
serving(main)
included(main, "hardened")
main.synth()
