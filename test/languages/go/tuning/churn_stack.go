package main

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awssns"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
	ml "github.com/cdk-ml-patterns/cdk-ml-patterns-go/cdkmlpatterns"
)

func NewChurnStack(scope constructs.Construct, id string) awscdk.Stack {
	stack := awscdk.NewStack(scope, jsii.String(id), nil)
	artifacts := ml.NewModelArtifactBucket(stack, jsii.String("Artifacts"), nil)
	data := artifacts.Dataset(jsii.String("churn"))
	object := ml.InputObject_Of(data)
	team := awssns.NewTopic(stack, jsii.String("Team"), nil)
	image := ml.SageMakerImage_FromUri(jsii.String("111122223333.dkr.ecr.eu-west-1.amazonaws.com/churn:1"))

	prepare := ml.NewProcessingStep(jsii.String("Prepare"), &ml.ProcessingStepProps{
		Image:      image,
		Entrypoint: jsii.Strings("python3", "/opt/ml/code/prepare.py"),
		Inputs:     &[]ml.ProcessingInput{ml.ProcessingInput_S3(jsii.String("raw"), object.Uri(), nil)},
		Outputs: &[]ml.ProcessingOutput{
			ml.ProcessingOutput_Of(jsii.String("train"), nil),
			ml.ProcessingOutput_Of(jsii.String("validation"), nil),
		},
		MaxRuntime: awscdk.Duration_Hours(jsii.Number(1)),
	})
	tune := ml.NewTuningStep(jsii.String("Tune"), &ml.TuningStepProps{
		TrainingJobs: &[]*ml.TuningTrainingJob{{
			Image: image,
			Channels: &[]ml.TrainingChannel{
				ml.TrainingChannel_Csv(jsii.String("train"), prepare.Output(jsii.String("train"))),
				ml.TrainingChannel_Csv(jsii.String("validation"), prepare.Output(jsii.String("validation"))),
			},
			Hyperparameters:   &map[string]*string{"num_round": jsii.String("100")},
			MetricDefinitions: &map[string]*string{"validation:rmse": jsii.String("rmse=([0-9.]+)")},
			Objective:         ml.TuningObjective_Minimize(jsii.String("validation:rmse")),
			Ranges: &[]ml.HyperparameterRange{
				ml.HyperparameterRange_Continuous(jsii.String("eta"), jsii.Number(0.01), jsii.Number(0.5), ml.HyperparameterScaling_LOGARITHMIC),
				ml.HyperparameterRange_Integer(jsii.String("max_depth"), jsii.Number(2), jsii.Number(10), ""),
			},
			MaxRuntime: awscdk.Duration_Hours(jsii.Number(2)),
		}},
		MaxJobs:         jsii.Number(20),
		MaxParallelJobs: jsii.Number(4),
	})
	register := ml.NewRegisterModelStep(jsii.String("Register"), &ml.RegisterModelStepProps{
		Registry:      ml.NewModelRegistry(stack, jsii.String("Models"), nil),
		Image:         image,
		ModelArtifact: tune.TopModelArtifact(jsii.Number(0)),
		ContentTypes:  jsii.Strings("text/csv"),
		InstanceTypes: jsii.Strings("ml.m5.large"),
	})
	ml.NewSageMakerPipeline(stack, jsii.String("Pipeline"), &ml.SageMakerPipelineProps{
		Artifacts: artifacts,
		Steps:     &[]ml.PipelineStep{prepare, tune, register},
		Triggers: &[]ml.PipelineTrigger{ml.PipelineTrigger_OnNewData(&ml.NewDataTriggerOptions{
			Data: data, PassObject: jsii.Bool(true), Marker: jsii.String(".csv"),
		})},
		Notifications: &ml.PipelineNotifications{OnFailure: team, OnStepFailure: team, OnApprovalNeeded: team},
		GuardRails: &ml.PipelineGuardRails{
			InstanceTypes:           jsii.Strings("ml.m5.*"),
			RequireNetworkIsolation: jsii.Bool(true),
			MaxRuntime:              awscdk.Duration_Hours(jsii.Number(12)),
			RequireManualApproval:   jsii.Bool(true),
		},
	})
	return stack
}
