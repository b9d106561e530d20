from aws_cdk import App
from churn_stack import ChurnStack

app = App()
ChurnStack(app, "Churn")
app.synth()
