package main

import (
	"fmt"
	"os"
	"strings"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsiam"
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
	zone := ml.PipelineParameter_Text(jsii.String("Zone"), &ml.TextParameterOptions{DefaultValue: jsii.String("a"), AllowedValues: jsii.Strings("a", "b")})
	fast := ml.PipelineParameter_Flag(jsii.String("Fast"), &ml.FlagParameterOptions{DefaultValue: jsii.Bool(false)})
	prepare := ml.NewProcessingStep(jsii.String("Prepare"), &ml.ProcessingStepProps{
		DisplayName:   jsii.String("Prepare the data"),
		Image:         image(),
		Arguments:     jsii.Strings(fmt.Sprintf("--label=%s/%s", *ml.PipelineExecution_PIPELINE_NAME().AsString(), *stack.Region()), *fast.AsString()),
		Environment:   &map[string]*string{"ZONE": jsii.String("a"), "ALPHA": jsii.String("b"), "MIDDLE": jsii.String("c")},
		Outputs:       &[]ml.ProcessingOutput{ml.ProcessingOutput_Of(jsii.String("train"), nil)},
		Report:        &ml.ProcessingReport{OutputName: jsii.String("train"), Path: jsii.String("report.json")},
		InstanceCount: count.AsNumber(),
		Cache:         ml.StepCache_ExpiringAfter(awscdk.Duration_Days(jsii.Number(30))),
		Retries: &[]ml.StepRetry{
			ml.StepRetry_OnCapacity(&ml.StepRetryOptions{MaxAttempts: jsii.Number(3)}),
			ml.StepRetry_OnServiceErrors(&ml.StepRetryOptions{
				Interval: awscdk.Duration_Seconds(jsii.Number(10)), BackoffRate: jsii.Number(1.5), ExpireAfter: awscdk.Duration_Hours(jsii.Number(1)),
			}),
		},
	})
	fit := ml.NewTrainingStep(jsii.String("Fit"), &ml.TrainingStepProps{
		Image:    image(),
		Channels: &[]ml.TrainingChannel{ml.TrainingChannel_Csv(jsii.String("train"), prepare.Output(jsii.String("train")))},
		Hyperparameters: &map[string]*string{
			"num_round": rounds.AsString(), "eta": jsii.String("0.2"), "objective": jsii.String("reg:linear"), "alpha": jsii.String("1"),
		},
		Role: awsiam.Role_FromRoleArn(stack, jsii.String("Own"), jsii.String("arn:aws:iam::111122223333:role/own"),
			&awsiam.FromRoleArnOptions{Mutable: jsii.Bool(false)}),
		JobDefaults: ml.JobDefaults_Secure(&ml.SecureJobOptions{NetworkIsolation: jsii.Bool(false)}),
	})
	fit.AddOverride(jsii.String("Arguments.CheckpointConfig"), map[string]string{
		"S3Uri": "s3://bucket/" + *ml.PipelineExecution_ID().AsString(), "LocalPath": "/opt/ml/checkpoints",
	})
	fit.AddOverride(jsii.String("Arguments.RetryStrategy.MaximumRetryAttempts"), count)
	fit.AddDeletionOverride(jsii.String("Arguments.ResourceConfig.VolumeKmsKeyId"))
	clean := ml.NewProcessingStep(jsii.String("Clean"), &ml.ProcessingStepProps{
		Image:     image(),
		Arguments: jsii.Strings(*prepare.Output(jsii.String("train")) + "/part"),
	})
	clean.AfterFailed(fit)
	rmse := fit.FinalMetric(jsii.String("validation:rmse"))
	rows := prepare.Metric(jsii.String("rows.count"))
	bad := ml.NewFailStep(jsii.String("Bad"), &ml.FailStepProps{
		Message: jsii.String("rmse is " + *rmse.AsString() + " after " + *rounds.AsString() + " rounds over " + *rows.AsString() + " rows"),
	})
	check := ml.NewConditionStep(jsii.String("Check"), &ml.ConditionStepProps{
		Condition: ml.PipelineCondition_All(
			rmse.AtMost(jsii.Number(3)),
			rows.GreaterThan(count.AsNumber()),
			ml.PipelineCondition_Any(
				zone.OneOf(jsii.String("b"), ml.PipelineExecution_PIPELINE_NAME().AsString()),
				rounds.OneOfNumbers(jsii.Number(10), jsii.Number(50)),
			),
			ml.PipelineCondition_None(fast.EqualToFlag(jsii.Bool(true))),
		),
		ElseSteps: &[]ml.PipelineStep{bad},
	})
	ml.NewSageMakerPipeline(stack, jsii.String("Pipeline"), &ml.SageMakerPipelineProps{
		Artifacts:  artifacts,
		Steps:      &[]ml.PipelineStep{prepare, fit, clean, check},
		Experiment: ml.PipelineExperiment_Named(jsii.String("churn-" + *zone.AsString())),
		Mlflow: ml.MlflowTracking_AppFromArn(jsii.String("arn:aws:sagemaker:eu-west-1:111122223333:mlflow-app/app-1"),
			&ml.MlflowTrackingOptions{ExperimentName: zone.AsString()}),
		MaxParallelSteps: jsii.Number(2),
		Compliance:       &ml.ComplianceOptions{Exceptions: &[]*ml.ComplianceException{accepted("ML-SM13[Fit]"), accepted("ML-SM32[Fit]")}},
	})
}

func accepted(rule string) *ml.ComplianceException {
	return &ml.ComplianceException{Rule: jsii.String(rule), Reason: jsii.String("Overrides are what is tested.")}
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

func mangled(text string) {
	step := ml.NewProcessingStep(jsii.String("Step"), &ml.ProcessingStepProps{Image: image(), Arguments: jsii.Strings(text)})
	stack := awscdk.NewStack(badApp(map[string]interface{}{}), jsii.String("Bad"), nil)
	ml.NewSageMakerPipeline(stack, jsii.String("Pipeline"), &ml.SageMakerPipelineProps{Steps: &[]ml.PipelineStep{step}})
}

// mangledNumber puts a number into a text without AsString: each language formats it in its own way.
func mangledNumber() {
	mangled(fmt.Sprintf("--count=%v", *ml.PipelineParameter_Integer(jsii.String("Count"), nil).AsNumber()))
}

// mangledPointer forgets to dereference.
func mangledPointer() {
	mangled(fmt.Sprintf("--count=%v", ml.PipelineParameter_Integer(jsii.String("Count"), nil).AsString()))
}

func messageOf(action func()) (message string) {
	defer func() { message = fmt.Sprint(recover()) }()
	action()
	return
}

func main() {
	defer jsii.Close()
	if message := messageOf(mangledPointer); !strings.Contains(message, "step 'Step'.arguments[0] holds a Go pointer that was formatted as text: dereference it with *") {
		panic(message)
	}
	mangledMessage := strings.Split(messageOf(mangledNumber), ", got ")[0]
	messages := strings.Join([]string{messageOf(badInput), messageOf(finding), mangledMessage}, "\n----\n")
	if err := os.WriteFile("errors.txt", []byte(messages), 0o644); err != nil {
		panic(err)
	}
	app := awscdk.NewApp(nil)
	steps(app)
	app.Synth(nil)
}
