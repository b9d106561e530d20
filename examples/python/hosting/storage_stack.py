from aws_cdk import Stack
from cdk_ml_patterns import CustomContainerRepo, ModelArtifactBucket
from constructs import Construct


class StorageStack(Stack):
    """Where images and models are. Deployed first; then image 1.0.0 is pushed and the models are uploaded."""

    def __init__(self, scope: Construct, id: str, **kwargs) -> None:
        super().__init__(scope, id, **kwargs)
        self.artifacts = ModelArtifactBucket(self, "Artifacts")
        self.images = CustomContainerRepo(self, "Images")
