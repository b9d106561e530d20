from aws_cdk import App

from serving_stack import ServingStack
from training_stack import TrainingStack

app = App()
training = TrainingStack(app, "Training")
ServingStack(app, "Serving", models=training.models)
app.synth()
