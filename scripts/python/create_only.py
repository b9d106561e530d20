"""Writes which properties cannot change without a new resource, from the schemas of CloudFormation that cfn-lint carries: create_only.py > test/create-only.json."""
import json
import sys
from importlib.metadata import version

from cfnlint.schema import PROVIDER_SCHEMA_MANAGER

TYPES = {
    'ApplicationAutoScaling': 'ScalableTarget ScalingPolicy',
    'CloudWatch': 'Alarm CompositeAlarm Dashboard',
    'EC2': 'Route RouteTable SecurityGroup SecurityGroupEgress SecurityGroupIngress Subnet SubnetRouteTableAssociation VPC VPCEndpoint',
    'ECR': 'Repository',
    'Events': 'EventBus Rule',
    'IAM': 'ManagedPolicy Policy Role',
    'KMS': 'Alias Key',
    'Lambda': 'Alias EventSourceMapping Function LayerVersion Permission Version',
    'Logs': 'LogGroup MetricFilter ResourcePolicy SubscriptionFilter',
    'S3': 'Bucket BucketPolicy',
    'SNS': 'Subscription Topic TopicPolicy',
    'SQS': 'Queue QueuePolicy',
    'SSM': 'Parameter',
    'SageMaker': 'DataQualityJobDefinition Endpoint EndpointConfig FeatureGroup InferenceComponent Model ModelBiasJobDefinition'
                 ' ModelExplainabilityJobDefinition ModelPackageGroup ModelQualityJobDefinition MonitoringSchedule Pipeline',
    'Scheduler': 'Schedule ScheduleGroup',
}


def paths(pointers):
    return sorted(pointer.removeprefix('/properties/') for pointer in pointers or [])


def entry(resource_type):
    schema = PROVIDER_SCHEMA_MANAGER.get_resource_schema('us-east-1', resource_type).schema
    conditional = paths(schema.get('conditionalCreateOnlyProperties'))
    return {'createOnly': paths(schema.get('createOnlyProperties')), **({'conditional': conditional} if conditional else {})}


names = [f'AWS::{service}::{resource}' for service, resources in TYPES.items() for resource in resources.split()]
json.dump({
    'source': f'createOnlyProperties and conditionalCreateOnlyProperties of the schemas for us-east-1 in cfn-lint {version("cfn-lint")} of PyPI;'
              ' written by scripts/python/create_only.py, see test/update-plan.md',
    'types': {name: entry(name) for name in sorted(names)},
}, sys.stdout, indent=1)
print()
