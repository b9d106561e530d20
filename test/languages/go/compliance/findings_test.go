package main

import (
	"testing"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/assertions"
	"github.com/aws/jsii-runtime-go"
	ml "github.com/cdk-ml-patterns/cdk-ml-patterns-go/cdkmlpatterns"
)

// churn is an endpoint whose container reaches the network: a finding.
func churn(context map[string]interface{}, compliance *ml.ComplianceOptions) awscdk.Stack {
	stack := awscdk.NewStack(awscdk.NewApp(&awscdk.AppProps{Context: &context}), jsii.String("Churn"), nil)
	image := ml.SageMakerImage_FromUri(jsii.String("111122223333.dkr.ecr.eu-west-1.amazonaws.com/churn:1"))
	ml.NewInferenceEndpoint(stack, jsii.String("Endpoint"), &ml.InferenceEndpointProps{
		Model:            ml.InferenceModel_FromContainer(&ml.ContainerModelOptions{Image: image}),
		NetworkIsolation: jsii.Bool(false),
		Compliance:       compliance,
	})
	return stack
}

// templateOf has the test fail, where a panic would end the tests that come after it as well.
func templateOf(t *testing.T, stack awscdk.Stack) assertions.Template {
	t.Helper()
	defer func() {
		if finding := recover(); finding != nil {
			t.Fatal(finding)
		}
	}()
	return assertions.Template_FromStack(stack, nil)
}

func TestFindingWhichFails(t *testing.T) {
	templateOf(t, churn(nil, nil))
}

func TestSwitchedOffForOneTest(t *testing.T) {
	template := templateOf(t, churn(map[string]interface{}{"cdk-ml-patterns:compliance": "off"}, nil))
	template.ResourceCountIs(jsii.String("AWS::SageMaker::Endpoint"), jsii.Number(1))
}

func TestReportedOnly(t *testing.T) {
	stack := churn(nil, &ml.ComplianceOptions{Enforcement: ml.ComplianceEnforcement_REPORT})
	rule := assertions.Match_StringLikeRegexp(jsii.String("ML-SM1"))
	if found := len(*assertions.Annotations_FromStack(stack).FindWarning(jsii.String("*"), rule)); found != 1 {
		t.Fatalf("expected one warning, got %d", found)
	}
}

func TestAcceptedWithReason(t *testing.T) {
	reason := jsii.String("It asks a licence server")
	templateOf(t, churn(nil, &ml.ComplianceOptions{Exceptions: &[]*ml.ComplianceException{
		{Rule: jsii.String("ML-SM1"), Reason: reason},
		{Rule: jsii.String("ML-SM2"), Reason: reason},
	}}))
}
