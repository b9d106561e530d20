package main

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
	"github.com/cdk-ml-patterns/cdk-ml-patterns-go/cdkmlpatterns"
)

// NewTrainingStack makes the stack where the age of abalone is learnt.
func NewTrainingStack(scope constructs.Construct, id string, props *awscdk.StackProps) awscdk.Stack {
	stack := awscdk.NewStack(scope, jsii.String(id), props)
	cdkmlpatterns.NewModelArtifactBucket(stack, jsii.String("Artifacts"), nil)
	return stack
}
