package main

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
	"github.com/cdk-ml-patterns/cdk-ml-patterns-go/cdkmlpatterns"
)

// NewServingStack makes one endpoint of each kind.
func NewServingStack(scope constructs.Construct, id string, storage *StorageStack, props *awscdk.StackProps) awscdk.Stack {
	stack := awscdk.NewStack(scope, jsii.String(id), props)
	image := storage.Images.Image(jsii.String("1.0.0"))
	modelOf := func(key string) cdkmlpatterns.InferenceModel {
		return cdkmlpatterns.InferenceModel_FromContainer(&cdkmlpatterns.ContainerModelOptions{
			Image:    image,
			Artifact: storage.Artifacts.Artifact(jsii.String(key)),
		})
	}

	// Two variants that share the traffic; an update begins with a tenth of the instances, and goes back if it fails.
	cdkmlpatterns.NewInferenceEndpoint(stack, jsii.String("Ranker"), &cdkmlpatterns.InferenceEndpointProps{
		Hosting: cdkmlpatterns.Hosting_RealTime(&cdkmlpatterns.RealTimeHostingOptions{
			Variants: &[]*cdkmlpatterns.InstanceVariant{
				{
					VariantName: jsii.String("current"),
					Model:       modelOf("models/ranker/1/model.tar.gz"),
					Scaling: cdkmlpatterns.InstanceScaling_OnInvocations(&cdkmlpatterns.InstanceInvocationsOptions{
						PerInstance: jsii.Number(500),
						MinCapacity: jsii.Number(2),
						MaxCapacity: jsii.Number(20),
					}),
				},
				{
					VariantName:   jsii.String("challenger"),
					Model:         modelOf("models/ranker/2/model.tar.gz"),
					Weight:        jsii.Number(0.1),
					InstanceCount: jsii.Number(2),
				},
			},
		}),
		Rollout: cdkmlpatterns.Rollout_Canary(&cdkmlpatterns.CanaryRolloutOptions{
			Percent: jsii.Number(10),
			Bake:    awscdk.Duration_Minutes(jsii.Number(10)),
		}),
	})

	// A queue in front of instances, which stop when it is empty and are woken up by the next request.
	cdkmlpatterns.NewInferenceEndpoint(stack, jsii.String("Summaries"), &cdkmlpatterns.InferenceEndpointProps{
		Hosting: cdkmlpatterns.Hosting_Asynchronous(&cdkmlpatterns.AsynchronousHostingOptions{
			Model:   modelOf("models/summaries/1/model.tar.gz"),
			Input:   storage.Artifacts.At(cdkmlpatterns.ArtifactPrefix_ASYNC_INPUT()),
			Output:  storage.Artifacts.At(cdkmlpatterns.ArtifactPrefix_ASYNC_OUTPUT()),
			Scaling: cdkmlpatterns.BacklogScaling_OnBacklog(&cdkmlpatterns.BacklogScalingOptions{MaxCapacity: jsii.Number(4)}),
		}),
	})

	// Runs, and costs, only while it answers.
	cdkmlpatterns.NewInferenceEndpoint(stack, jsii.String("Prices"), &cdkmlpatterns.InferenceEndpointProps{
		Hosting: cdkmlpatterns.Hosting_Serverless(&cdkmlpatterns.ServerlessHostingOptions{
			Model:          modelOf("models/prices/1/model.tar.gz"),
			MemorySize:     awscdk.Size_Gibibytes(jsii.Number(4)),
			MaxConcurrency: jsii.Number(20),
		}),
	})

	// A model in copies on a fleet of its own, down to no copy and no instance.
	cdkmlpatterns.NewInferenceEndpoint(stack, jsii.String("Chat"), &cdkmlpatterns.InferenceEndpointProps{
		Hosting: cdkmlpatterns.Hosting_Components(&cdkmlpatterns.ComponentsHostingOptions{
			InstanceType:     cdkmlpatterns.MlInstanceType_Of(jsii.String("ml.m7i.2xlarge")),
			MaxInstanceCount: jsii.Number(4),
			Components: &[]*cdkmlpatterns.InferenceComponentOptions{{
				ComponentName: jsii.String("chat"),
				Model:         modelOf("models/chat/1/model.tar.gz"),
				MemorySize:    awscdk.Size_Gibibytes(jsii.Number(8)),
				CpuCores:      jsii.Number(2),
				Scaling: cdkmlpatterns.CopyScaling_OnConcurrency(&cdkmlpatterns.CopyScalingOptions{
					PerCopy:     jsii.Number(4),
					MinCapacity: jsii.Number(0),
					MaxCapacity: jsii.Number(8),
				}),
			}},
		}),
	})
	return stack
}
