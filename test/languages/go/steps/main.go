package main

import (
	"fmt"
	"os"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/jsii-runtime-go"
	ml "github.com/cdk-ml-patterns/cdk-ml-patterns-go/cdkmlpatterns"
)

func image() ml.SageMakerImage {
	return ml.SageMakerImage_FromUri(jsii.String("111122223333.dkr.ecr.eu-west-1.amazonaws.com/churn:1"))
}

// steps has variables in texts and as numbers, and maps, whose order each language chooses for itself.
func steps(app awscdk.App) {
	stack := awscdk.NewStack(app, jsii.String("Steps"), nil)
	artifacts := ml.NewModelArtifactBucket(stack, jsii.String("Artifacts"), nil)
	rounds := ml.PipelineParameter_Integer(jsii.String("Rounds"), &ml.NumberParameterOptions{DefaultValue: jsii.Number(50)})
	count := ml.PipelineParameter_Integer(jsii.String("Count"), &ml.NumberParameterOptions{DefaultValue: jsii.Number(2)})
	prepare := ml.NewProcessingStep(jsii.String("Prepare"), &ml.ProcessingStepProps{
		Image:         image(),
		Arguments:     jsii.Strings(fmt.Sprintf("--label=%s/%s", *ml.PipelineExecution_ID().AsString(), *stack.Region())),
		Environment:   &map[string]*string{"ZONE": jsii.String("a"), "ALPHA": jsii.String("b"), "MIDDLE": jsii.String("c")},
		Outputs:       &[]ml.ProcessingOutput{ml.ProcessingOutput_Of(jsii.String("train"), nil)},
		InstanceCount: count.AsNumber(),
	})
	fit := ml.NewTrainingStep(jsii.String("Fit"), &ml.TrainingStepProps{
		Image:    image(),
		Channels: &[]ml.TrainingChannel{ml.TrainingChannel_Csv(jsii.String("train"), prepare.Output(jsii.String("train")))},
		Hyperparameters: &map[string]*string{
			"num_round": rounds.AsString(), "eta": jsii.String("0.2"), "objective": jsii.String("reg:linear"), "alpha": jsii.String("1"),
		},
	})
	rmse := fit.FinalMetric(jsii.String("validation:rmse"))
	bad := ml.NewFailStep(jsii.String("Bad"), &ml.FailStepProps{
		Message: jsii.String("rmse is " + *rmse.AsString() + " after " + *rounds.AsString() + " rounds"),
	})
	check := ml.NewConditionStep(jsii.String("Check"), &ml.ConditionStepProps{
		Condition: rmse.AtMost(jsii.Number(3)),
		ElseSteps: &[]ml.PipelineStep{bad},
	})
	ml.NewSageMakerPipeline(stack, jsii.String("Pipeline"), &ml.SageMakerPipelineProps{
		Artifacts: artifacts,
		Steps:     &[]ml.PipelineStep{prepare, fit, check},
	})
}

func hosting(count float64) ml.Hosting {
	model := ml.InferenceModel_FromContainer(&ml.ContainerModelOptions{Image: image()})
	return ml.Hosting_RealTime(&ml.RealTimeHostingOptions{Model: model, InstanceCount: jsii.Number(count)})
}

// badApp is not synthesised by CDK itself when the program ends.
func badApp(context map[string]interface{}) awscdk.App {
	return awscdk.NewApp(&awscdk.AppProps{AutoSynth: jsii.Bool(false), Outdir: jsii.String("bad.out"), Context: &context})
}

func badInput() {
	stack := awscdk.NewStack(badApp(map[string]interface{}{}), jsii.String("Bad"), nil)
	ml.NewInferenceEndpoint(stack, jsii.String("Churn"), &ml.InferenceEndpointProps{
		EndpointName: jsii.String("my_endpoint"),
		Hosting:      hosting(0),
	})
}

func finding() {
	app := badApp(map[string]interface{}{"cdk-ml-patterns:complianceLevel": "warning"})
	ml.NewInferenceEndpoint(awscdk.NewStack(app, jsii.String("Bad"), nil), jsii.String("Churn"), &ml.InferenceEndpointProps{Hosting: hosting(1)})
	app.Synth(nil)
}

func messageOf(action func()) (message string) {
	defer func() { message = fmt.Sprint(recover()) }()
	action()
	return
}

func main() {
	defer jsii.Close()
	messages := messageOf(badInput) + "\n----\n" + messageOf(finding)
	if err := os.WriteFile("errors.txt", []byte(messages), 0o644); err != nil {
		panic(err)
	}
	app := awscdk.NewApp(nil)
	steps(app)
	app.Synth(nil)
}
