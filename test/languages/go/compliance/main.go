package main

import (
	"fmt"
	"os"
	"path/filepath"
	"sort"
	"strings"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awss3"
	"github.com/aws/aws-cdk-go/awscdk/v2/awssagemaker"
	"github.com/aws/aws-cdk-go/awscdk/v2/cloudformationinclude"
	"github.com/aws/jsii-runtime-go"
	ml "github.com/cdk-ml-patterns/cdk-ml-patterns-go/cdkmlpatterns"
)

const wayOut = `Compliance: &ComplianceOptions{Exceptions: &[]*ComplianceException{{Rule: jsii.String("ML-S3[BucketEncryption]"), Reason: jsii.String("...")}}}`

// badApp is not synthesised by CDK itself when the program ends.
func badApp() awscdk.App {
	return awscdk.NewApp(&awscdk.AppProps{AutoSynth: jsii.Bool(false), Outdir: jsii.String("bad.out")})
}

// included takes in a template of others.
func included(app awscdk.App, name string) {
	cloudformationinclude.NewCfnInclude(awscdk.NewStack(app, jsii.String("Included"), nil), jsii.String("Template"), &cloudformationinclude.CfnIncludeProps{
		TemplateFile: jsii.String(filepath.Join(os.Getenv("TEMPLATES"), name+".json")),
	})
}

// serving has endpoints of two kinds, of which one has no network isolation, since the service cannot.
func serving(app awscdk.App) awscdk.Stack {
	stack := awscdk.NewStack(app, jsii.String("Serving"), nil)
	image := ml.SageMakerImage_FromUri(jsii.String("111122223333.dkr.ecr.eu-west-1.amazonaws.com/churn:1"))
	model := ml.InferenceModel_FromContainer(&ml.ContainerModelOptions{Image: image})
	ml.NewInferenceEndpoint(stack, jsii.String("RealTime"), &ml.InferenceEndpointProps{Model: model})
	ml.NewInferenceEndpoint(stack, jsii.String("Serverless"), &ml.InferenceEndpointProps{
		Hosting: ml.Hosting_Serverless(&ml.ServerlessHostingOptions{Model: model, MemorySize: awscdk.Size_Gibibytes(jsii.Number(2))}),
	})
	ml.NewModelArtifactBucket(stack, jsii.String("Artifacts"), nil)
	return stack
}

// judged is what the pack finds: level, rule, place.
func judged(app awscdk.App) string {
	lines := []string{}
	for _, v := range *ml.NewMlSecurityChecks().ValidateScope(app).Violations {
		for _, r := range *v.ViolatingResources {
			lines = append(lines, fmt.Sprintf("%s %s %s", *v.Severity, *v.RuleName, *r.ConstructPath))
		}
	}
	sort.Strings(lines)
	return strings.Join(lines, "\n")
}

func judgedTemplate(name string) string {
	app := badApp()
	included(app, name)
	return judged(app)
}

// beside has a resource of the consumer: the reasons of the library are for its own resources only.
func beside() string {
	app := badApp()
	awssagemaker.NewCfnModel(serving(app), jsii.String("Own"), &awssagemaker.CfnModelProps{
		ExecutionRoleArn: jsii.String("arn:aws:iam::111122223333:role/own"),
	})
	return judged(app)
}

func enforced() {
	app := badApp()
	ml.NewMlSecurityChecks().Enforce(app)
	included(app, "classic")
	app.Synth(nil)
}

func weakBucket() {
	app := badApp()
	artifacts := ml.NewModelArtifactBucket(awscdk.NewStack(app, jsii.String("Weak"), nil), jsii.String("Artifacts"), nil)
	var bucket awss3.CfnBucket
	jsii.Get(artifacts.Bucket().Node(), "defaultChild", &bucket)
	bucket.AddPropertyDeletionOverride(jsii.String("LoggingConfiguration"))
	app.Synth(nil)
}

func messageOf(action func()) (message string) {
	defer func() { message = fmt.Sprint(recover()) }()
	action()
	return
}

func main() {
	defer jsii.Close()
	if found := judgedTemplate("hardened"); found != "" {
		panic(found)
	}
	weak := messageOf(weakBucket)
	if !strings.Contains(weak, "To accept with a reason, an exception for each: "+wayOut) {
		panic(weak)
	}
	messages := strings.Join([]string{judgedTemplate("classic"), beside(), messageOf(enforced), weak}, "\n----\n")
	if err := os.WriteFile("errors.txt", []byte(messages), 0o644); err != nil {
		panic(err)
	}
	app := awscdk.NewApp(nil)
	ml.NewMlSecurityChecks().Enforce(app)
	awscdk.Validations_Of(app).AddPlugins(ml.NewMlSecurityChecks())
	serving(app)
	included(app, "hardened")
	app.Synth(nil)
}
