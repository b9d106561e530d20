from aws_cdk import App

from training_stack import TrainingStack

app = App()
TrainingStack(app, "Training")
app.synth()
