package main

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsiam"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
	"github.com/cdk-ml-patterns/cdk-ml-patterns-go/cdkmlpatterns"
)

// NewServingStack makes the stack where the age of abalone is told. Deployed once the pipeline has registered version 1.
func NewServingStack(scope constructs.Construct, id string, models cdkmlpatterns.IModelRegistry, props *awscdk.StackProps) awscdk.Stack {
	stack := awscdk.NewStack(scope, jsii.String(id), props)
	caller := awsiam.NewRole(stack, jsii.String("Caller"), &awsiam.RoleProps{
		AssumedBy: awsiam.NewServicePrincipal(jsii.String("lambda.amazonaws.com"), nil),
	})

	endpoint := cdkmlpatterns.NewInferenceEndpoint(stack, jsii.String("Endpoint"), &cdkmlpatterns.InferenceEndpointProps{
		Model: cdkmlpatterns.InferenceModel_FromModelPackage(models, &cdkmlpatterns.ModelPackageOptions{Version: jsii.Number(1)}),
	})
	endpoint.Grants().Invoke(caller)
	return stack
}
