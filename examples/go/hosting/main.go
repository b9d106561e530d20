package main

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/jsii-runtime-go"
)

func main() {
	defer jsii.Close()
	app := awscdk.NewApp(nil)
	storage := NewStorageStack(app, "Storage", nil)
	NewServingStack(app, "Serving", storage, nil)
	app.Synth(nil)
}
