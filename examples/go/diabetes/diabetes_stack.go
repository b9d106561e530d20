package main

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsiam"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
	"github.com/cdk-ml-patterns/cdk-ml-patterns-go/cdkmlpatterns"
)

// NewDiabetesStack is one deployment from an empty account to an answer: images are built and the first model is uploaded before the endpoint is made.
func NewDiabetesStack(scope constructs.Construct, id string, props *awscdk.StackProps) awscdk.Stack {
	stack := awscdk.NewStack(scope, jsii.String(id), props)
	artifacts := cdkmlpatterns.NewModelArtifactBucket(stack, jsii.String("Artifacts"), &cdkmlpatterns.ModelArtifactBucketProps{
		IntermediateExpiration: awscdk.Duration_Days(jsii.Number(14)),
		Lifecycle: &[]*cdkmlpatterns.ArtifactLifecycle{
			{
				Prefix:                 cdkmlpatterns.ArtifactPrefix_DATASETS(),
				OldVersionsTierAfter:   awscdk.Duration_Days(jsii.Number(30)),
				OldVersionsExpireAfter: awscdk.Duration_Days(jsii.Number(365)),
			},
			{Prefix: cdkmlpatterns.ArtifactPrefix_PIPELINES(), TierAfter: awscdk.Duration_Days(jsii.Number(90))},
		},
	})
	images := cdkmlpatterns.NewCustomContainerRepo(stack, jsii.String("Images"), &cdkmlpatterns.CustomContainerRepoProps{
		Expiry: &[]*cdkmlpatterns.ImageExpiry{{TagPattern: jsii.String("dev-*"), MaxImages: jsii.Number(10)}},
	})

	// The container kit with code/model.py, and a directory with a Dockerfile.
	image := images.AddImage(jsii.String("Kit"), cdkmlpatterns.ContainerSource_FromTemplate(jsii.String("code"), nil))
	split := images.AddImage(jsii.String("Split"), cdkmlpatterns.ContainerSource_FromDirectory(jsii.String("split"), nil))

	// Served from the first deployment on.
	first := cdkmlpatterns.ModelArtifact_FromAsset(stack, jsii.String("FirstModel"), jsii.String("first-model"), nil)
	endpoint := cdkmlpatterns.NewInferenceEndpoint(stack, jsii.String("Endpoint"), &cdkmlpatterns.InferenceEndpointProps{
		Model: cdkmlpatterns.InferenceModel_FromContainer(&cdkmlpatterns.ContainerModelOptions{Image: image, Artifact: first}),
	})
	endpoint.Grants().Invoke(awsiam.NewRole(stack, jsii.String("Caller"), &awsiam.RoleProps{
		AssumedBy: awsiam.NewServicePrincipal(jsii.String("lambda.amazonaws.com"), nil),
	}))

	// The same image trains and evaluates whenever there is new data.
	cdkmlpatterns.NewMlTrainingPipeline(stack, jsii.String("Pipeline"), &cdkmlpatterns.MlTrainingPipelineProps{
		Artifacts:  artifacts,
		Data:       artifacts.Dataset(jsii.String("diabetes")),
		Processing: &cdkmlpatterns.TrainingPipelineProcessing{Image: split, Outputs: jsii.Strings("train", "test")},
		Training:   &cdkmlpatterns.TrainingPipelineTraining{Image: image, Channels: jsii.Strings("train")},
		Evaluation: &cdkmlpatterns.TrainingPipelineEvaluation{Image: image, Report: jsii.String("evaluation.json")},
		Acceptance: cdkmlpatterns.ReportMetric_At(jsii.String("regression_metrics.r2.value")).AtLeast(jsii.Number(0.4)),
		Registration: &cdkmlpatterns.TrainingPipelineRegistration{
			Registry:      cdkmlpatterns.NewModelRegistry(stack, jsii.String("Models"), nil),
			Image:         image,
			ContentTypes:  jsii.Strings("text/csv"),
			InstanceTypes: jsii.Strings("ml.m5.large"),
		},
		Triggers: &[]cdkmlpatterns.PipelineTrigger{cdkmlpatterns.PipelineTrigger_OnNewData(nil)},
	})
	return stack
}
