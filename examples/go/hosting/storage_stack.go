package main

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
	"github.com/cdk-ml-patterns/cdk-ml-patterns-go/cdkmlpatterns"
)

// StorageStack is where images and models are. Deployed first; then image 1.0.0 is pushed and the models are uploaded.
type StorageStack struct {
	awscdk.Stack
	Artifacts cdkmlpatterns.ModelArtifactBucket
	Images    cdkmlpatterns.CustomContainerRepo
}

// NewStorageStack makes the stack where images and models are.
func NewStorageStack(scope constructs.Construct, id string, props *awscdk.StackProps) *StorageStack {
	stack := awscdk.NewStack(scope, jsii.String(id), props)
	return &StorageStack{
		Stack:     stack,
		Artifacts: cdkmlpatterns.NewModelArtifactBucket(stack, jsii.String("Artifacts"), nil),
		Images:    cdkmlpatterns.NewCustomContainerRepo(stack, jsii.String("Images"), nil),
	}
}
