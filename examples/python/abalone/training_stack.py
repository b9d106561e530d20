from aws_cdk import Stack
from cdk_ml_patterns import ModelArtifactBucket
from constructs import Construct


class TrainingStack(Stack):
    """Where the age of abalone is learnt."""

    def __init__(self, scope: Construct, id: str, **kwargs) -> None:
        super().__init__(scope, id, **kwargs)
        ModelArtifactBucket(self, "Artifacts")
