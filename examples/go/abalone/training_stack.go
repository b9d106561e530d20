package main

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsscheduler"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
	"github.com/cdk-ml-patterns/cdk-ml-patterns-go/cdkmlpatterns"
)

// TrainingStack is where the age of abalone is learnt.
type TrainingStack struct {
	awscdk.Stack
	Models cdkmlpatterns.ModelRegistry
}

// NewTrainingStack makes the stack and what is in it.
func NewTrainingStack(scope constructs.Construct, id string, props *awscdk.StackProps) *TrainingStack {
	stack := awscdk.NewStack(scope, jsii.String(id), props)
	artifacts := cdkmlpatterns.NewModelArtifactBucket(stack, jsii.String("Artifacts"), nil)
	images := cdkmlpatterns.NewCustomContainerRepo(stack, jsii.String("Images"), nil)
	image := images.Image(jsii.String("1.4.2"))
	models := cdkmlpatterns.NewModelRegistry(stack, jsii.String("Models"), nil)

	cdkmlpatterns.NewMlTrainingPipeline(stack, jsii.String("Pipeline"), &cdkmlpatterns.MlTrainingPipelineProps{
		Artifacts: artifacts,
		Data:      artifacts.Dataset(jsii.String("abalone")),
		Processing: &cdkmlpatterns.TrainingPipelineProcessing{
			Image:   image,
			Outputs: jsii.Strings("train", "validation", "test"),
		},
		Training: &cdkmlpatterns.TrainingPipelineTraining{
			Image:    image,
			Channels: jsii.Strings("train", "validation"),
			Hyperparameters: &map[string]*string{
				"objective": jsii.String("reg:squarederror"),
				"num_round": jsii.String("50"),
			},
		},
		Evaluation: &cdkmlpatterns.TrainingPipelineEvaluation{Image: image, Report: jsii.String("evaluation.json")},
		Acceptance: cdkmlpatterns.ReportMetric_At(jsii.String("regression_metrics.mse.value")).AtMost(jsii.Number(6)),
		Registration: &cdkmlpatterns.TrainingPipelineRegistration{
			Registry:      models,
			Image:         image,
			ContentTypes:  jsii.Strings("text/csv"),
			InstanceTypes: jsii.Strings("ml.m5.large"),
		},
		Triggers: &[]cdkmlpatterns.PipelineTrigger{
			cdkmlpatterns.PipelineTrigger_OnNewData(nil),
			cdkmlpatterns.PipelineTrigger_OnSchedule(awsscheduler.ScheduleExpression_Rate(awscdk.Duration_Days(jsii.Number(7))), nil),
		},
	})
	return &TrainingStack{stack, models}
}
