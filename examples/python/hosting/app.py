from aws_cdk import App

from serving_stack import ServingStack
from storage_stack import StorageStack

app = App()
storage = StorageStack(app, "Storage")
ServingStack(app, "Serving", artifacts=storage.artifacts, images=storage.images)
app.synth()
