/** The layers in the order in which a model passes them. */
export const LAYERS = [
  'Storage', 'Containers', 'Registry', 'Training', 'Inference', 'Front door', 'Events', 'Monitoring', 'Identity', 'Keys', 'Network', 'Other',
] as const;

export type Layer = typeof LAYERS[number];

export interface ResourceType {
  readonly layer: Layer;
  readonly name: string;
  readonly purpose: string;
  /** Property that names the resource of which this one is a part, in the drawing. */
  readonly partOf?: string;
}

const row = (layer: Layer, name: string, purpose: string, partOf?: string): ResourceType => ({ layer, name, purpose, partOf });

const TYPES: Record<string, ResourceType> = {
  'AWS::S3::Bucket': row('Storage', 'S3 bucket', 'keeps data, model artifacts or logs'),
  'AWS::S3::BucketPolicy': row('Storage', 'bucket policy', 'refuses what the bucket must not serve', 'Bucket'),
  'AWS::DynamoDB::Table': row('Storage', 'DynamoDB table', 'keeps items by key'),
  'AWS::ECR::Repository': row('Containers', 'ECR repository', 'keeps container images'),
  'AWS::CodeBuild::Project': row('Containers', 'CodeBuild project', 'builds images'),
  'AWS::SageMaker::Image': row('Containers', 'SageMaker image', 'names an image for Studio'),
  'AWS::SageMaker::ModelPackageGroup': row('Registry', 'model registry', 'lists the versions of a model and who approved them'),
  'AWS::SageMaker::ModelPackage': row('Registry', 'model version', 'one version of a model', 'ModelPackageGroupName'),
  'AWS::SageMaker::ModelCard': row('Registry', 'model card', 'says what a model is for'),
  'AWS::SageMaker::FeatureGroup': row('Storage', 'feature group', 'keeps features for training and inference'),
  'AWS::SageMaker::Pipeline': row('Training', 'SageMaker pipeline', 'prepares data, trains, judges and registers models'),
  'AWS::SageMaker::ProcessingJob': row('Training', 'processing job', 'runs one job'),
  'AWS::SageMaker::Model': row('Inference', 'model', 'an image and an artifact, ready to be served'),
  'AWS::SageMaker::EndpointConfig': row('Inference', 'endpoint configuration', 'says on what the endpoint runs'),
  'AWS::SageMaker::Endpoint': row('Inference', 'endpoint', 'answers requests with predictions'),
  'AWS::SageMaker::InferenceComponent': row('Inference', 'inference component', 'a model that shares an endpoint'),
  'AWS::ApplicationAutoScaling::ScalableTarget': row('Inference', 'scaling target', 'the limits of scaling'),
  'AWS::ApplicationAutoScaling::ScalingPolicy': row('Inference', 'scaling policy', 'says when to scale', 'ScalingTargetId'),
  'AWS::ApiGateway::RestApi': row('Front door', 'REST API', 'takes requests from outside'),
  'AWS::ApiGateway::Resource': row('Front door', 'API path', 'a path of an API', 'RestApiId'),
  'AWS::ApiGateway::Method': row('Front door', 'API method', 'a method of an API', 'RestApiId'),
  'AWS::ApiGateway::Deployment': row('Front door', 'API deployment', 'a version of an API', 'RestApiId'),
  'AWS::ApiGateway::Stage': row('Front door', 'API stage', 'where an API is served', 'RestApiId'),
  'AWS::ApiGateway::Account': row('Front door', 'API account', 'lets API Gateway write logs'),
  'AWS::ApiGateway::Model': row('Front door', 'API model', 'the form of a request', 'RestApiId'),
  'AWS::ApiGateway::RequestValidator': row('Front door', 'API validator', 'refuses malformed requests', 'RestApiId'),
  'AWS::ApiGateway::UsagePlan': row('Front door', 'usage plan', 'limits callers'),
  'AWS::ApiGatewayV2::Api': row('Front door', 'HTTP API', 'takes requests from outside'),
  'AWS::CloudFront::Distribution': row('Front door', 'CloudFront distribution', 'serves the web interface'),
  'AWS::WAFv2::WebACL': row('Front door', 'web firewall', 'refuses hostile requests'),
  'AWS::WAFv2::WebACLAssociation': row('Front door', 'firewall association', 'puts the firewall in front', 'WebACLArn'),
  'AWS::Cognito::UserPool': row('Front door', 'user pool', 'knows the users'),
  'AWS::Cognito::UserPoolClient': row('Front door', 'user pool client', 'lets an application ask for users', 'UserPoolId'),
  'AWS::Events::Rule': row('Events', 'event rule', 'starts something when something happens'),
  'AWS::Scheduler::Schedule': row('Events', 'schedule', 'starts something by the clock'),
  'AWS::Scheduler::ScheduleGroup': row('Events', 'schedule group', 'keeps schedules together'),
  'AWS::SQS::Queue': row('Events', 'queue', 'keeps messages, such as events that could not be delivered'),
  'AWS::SQS::QueuePolicy': row('Events', 'queue policy', 'says who may send to the queue', 'Queues'),
  'AWS::SNS::Topic': row('Events', 'topic', 'tells subscribers'),
  'AWS::SNS::TopicPolicy': row('Events', 'topic policy', 'says who may publish', 'Topics'),
  'AWS::SNS::Subscription': row('Events', 'subscription', 'receives what a topic tells', 'TopicArn'),
  'AWS::StepFunctions::StateMachine': row('Events', 'state machine', 'runs steps in order'),
  'AWS::CloudWatch::Alarm': row('Monitoring', 'alarm', 'watches a metric; an update of an endpoint is rolled back by it'),
  'AWS::CloudWatch::CompositeAlarm': row('Monitoring', 'composite alarm', 'joins alarms'),
  'AWS::CloudWatch::Dashboard': row('Monitoring', 'dashboard', 'shows metrics'),
  'AWS::Logs::LogGroup': row('Monitoring', 'log group', 'keeps logs'),
  'AWS::Logs::MetricFilter': row('Monitoring', 'metric filter', 'counts in logs', 'LogGroupName'),
  'AWS::SageMaker::MonitoringSchedule': row('Monitoring', 'monitoring schedule', 'judges captured data regularly'),
  'AWS::SageMaker::DataQualityJobDefinition': row('Monitoring', 'data quality job', 'looks for drift of the data'),
  'AWS::SageMaker::ModelQualityJobDefinition': row('Monitoring', 'model quality job', 'looks for decay of the model'),
  'AWS::SageMaker::ModelBiasJobDefinition': row('Monitoring', 'bias job', 'looks for bias'),
  'AWS::SageMaker::ModelExplainabilityJobDefinition': row('Monitoring', 'explainability job', 'looks for drift of attributions'),
  'AWS::IAM::Role': row('Identity', 'role', 'an identity with permissions, taken on by a service'),
  'AWS::IAM::Policy': row('Identity', 'policy', 'permissions of a role', 'Roles'),
  'AWS::IAM::ManagedPolicy': row('Identity', 'managed policy', 'permissions of a role', 'Roles'),
  'AWS::IAM::RolePolicy': row('Identity', 'role policy', 'permissions of a role', 'RoleName'),
  'AWS::KMS::Key': row('Keys', 'KMS key', 'encrypts data and volumes'),
  'AWS::KMS::Alias': row('Keys', 'key alias', 'a name of a key', 'TargetKeyId'),
  'AWS::SecretsManager::Secret': row('Keys', 'secret', 'keeps a secret'),
  'AWS::EC2::VPC': row('Network', 'VPC', 'the network'),
  'AWS::EC2::Subnet': row('Network', 'subnet', 'a part of the network in one zone', 'VpcId'),
  'AWS::EC2::RouteTable': row('Network', 'route table', 'says where packets go', 'VpcId'),
  'AWS::EC2::SubnetRouteTableAssociation': row('Network', 'route association', 'gives a subnet its routes', 'SubnetId'),
  'AWS::EC2::Route': row('Network', 'route', 'one way out of a subnet', 'RouteTableId'),
  'AWS::EC2::InternetGateway': row('Network', 'internet gateway', 'leads to the internet'),
  'AWS::EC2::VPCGatewayAttachment': row('Network', 'gateway attachment', 'puts a gateway into the network', 'VpcId'),
  'AWS::EC2::NatGateway': row('Network', 'NAT gateway', 'leads from private subnets to the internet', 'SubnetId'),
  'AWS::EC2::EIP': row('Network', 'public address', 'an address of the network'),
  'AWS::EC2::SecurityGroup': row('Network', 'security group', 'says who may talk to whom'),
  'AWS::EC2::SecurityGroupIngress': row('Network', 'ingress rule', 'lets traffic in', 'GroupId'),
  'AWS::EC2::SecurityGroupEgress': row('Network', 'egress rule', 'lets traffic out', 'GroupId'),
  'AWS::EC2::VPCEndpoint': row('Network', 'VPC endpoint', 'reaches a service without the internet'),
  'AWS::EC2::FlowLog': row('Network', 'flow log', 'records traffic', 'ResourceId'),
  'AWS::Lambda::Function': row('Other', 'Lambda function', 'runs code'),
  'AWS::Lambda::Permission': row('Other', 'Lambda permission', 'says who may call a function', 'FunctionName'),
  'AWS::Lambda::LayerVersion': row('Other', 'Lambda layer', 'shared code'),
  'AWS::SSM::Parameter': row('Other', 'parameter', 'keeps a value that others look up'),
  'AWS::CloudFormation::Stack': row('Other', 'nested stack', 'a part of a stack'),
  'AWS::CloudFormation::CustomResource': row('Other', 'custom resource', 'runs code while the stack deploys'),
};

/** A type that the table does not know keeps its own name. */
export function resourceType(type: string): ResourceType {
  return TYPES[type] ?? row('Other', type.replace(/^AWS::/, ''), type.startsWith('Custom::') ? 'runs code while the stack deploys' : '');
}
