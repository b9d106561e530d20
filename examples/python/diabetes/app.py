from aws_cdk import App

from diabetes_stack import DiabetesStack

app = App()
DiabetesStack(app, "Diabetes")
app.synth()
