module tuning

go 1.25.0

require (
	github.com/aws/aws-cdk-go/awscdk/v2 v2.262.0
	github.com/aws/constructs-go/constructs/v10 v10.6.0
	github.com/aws/jsii-runtime-go v1.140.0
	github.com/cdk-ml-patterns/cdk-ml-patterns-go/cdkmlpatterns v0.0.0
)
