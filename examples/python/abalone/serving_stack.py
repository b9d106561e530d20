from aws_cdk import Stack
from aws_cdk.aws_iam import Role, ServicePrincipal
from cdk_ml_patterns import InferenceEndpoint, InferenceModel, ModelRegistry
from constructs import Construct


class ServingStack(Stack):
    """Where the age of abalone is told. Deployed once the pipeline has registered version 1."""

    def __init__(self, scope: Construct, id: str, *, models: ModelRegistry, **kwargs) -> None:
        super().__init__(scope, id, **kwargs)
        caller = Role(self, "Caller", assumed_by=ServicePrincipal("lambda.amazonaws.com"))

        endpoint = InferenceEndpoint(self, "Endpoint", model=InferenceModel.from_model_package(models, version=1))
        endpoint.grants.invoke(caller)
