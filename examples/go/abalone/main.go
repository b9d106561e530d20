package main

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/jsii-runtime-go"
)

func main() {
	defer jsii.Close()
	app := awscdk.NewApp(nil)
	training := NewTrainingStack(app, "Training", nil)
	NewServingStack(app, "Serving", training.Models, nil)
	app.Synth(nil)
}
