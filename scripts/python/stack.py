"""One stack on the emulator."""
import re
import sys

from account import client
from botocore.exceptions import ClientError
from values import Values

CAPABILITIES = ['CAPABILITY_IAM', 'CAPABILITY_NAMED_IAM', 'CAPABILITY_AUTO_EXPAND']
TEMPLATES = 'templates'

SAGEMAKER = {
    'AWS::SageMaker::Model': lambda s, name: s.describe_model(ModelName=name),
    'AWS::SageMaker::EndpointConfig': lambda s, name: s.describe_endpoint_config(EndpointConfigName=name),
    'AWS::SageMaker::Endpoint': lambda s, name: s.describe_endpoint(EndpointName=name),
}


def deploy(name, body, parameters, kind, step):
    """By a change set: moto's CreateStack waits for custom resources that nobody answers."""
    client('s3').put_object(Bucket=TEMPLATES, Key=f'{name}-{step}.json', Body=body)
    cloudformation = client('cloudformation')
    change_set = cloudformation.create_change_set(
        StackName=name, ChangeSetName=f'step-{step}', ChangeSetType=kind, Capabilities=CAPABILITIES, Parameters=parameters,
        TemplateURL=f'https://{TEMPLATES}.s3.amazonaws.com/{name}-{step}.json')
    cloudformation.execute_change_set(ChangeSetName=change_set['Id'], StackName=name)
    status = cloudformation.describe_stacks(StackName=name)['Stacks'][0]['StackStatus']
    if status != f'{kind}_COMPLETE':
        raise RuntimeError(f'{name} is {status}')


def delete(name):
    """moto knows no order in which roles and the policies attached to them can go."""
    iam = client('iam')
    for resource in client('cloudformation').describe_stack_resources(StackName=name)['StackResources']:
        if resource.get('ResourceType') == 'AWS::IAM::Role':
            role = resource['PhysicalResourceId']
            for policy in iam.list_attached_role_policies(RoleName=role)['AttachedPolicies']:
                iam.detach_role_policy(RoleName=role, PolicyArn=policy['PolicyArn'])
    try:
        client('cloudformation').delete_stack(StackName=name)
    except ClientError as error:
        print(f'{name} is deleted in part: {error}', file=sys.stderr)  # a VPC with endpoints, say; what counts is asked for afterwards


def physical_ids(name):
    """By logical id; moto leaves out what it ignores."""
    pages = client('cloudformation').get_paginator('list_stack_resources').paginate(StackName=name)
    listed = [resource for page in pages for resource in page['StackResourceSummaries']]
    return {r['LogicalResourceId']: r['PhysicalResourceId'] for r in listed if r.get('LogicalResourceId') and r.get('PhysicalResourceId')}


def values(template, made):
    """What the functions of a deployed template give; a physical id ends with the name of its resource."""
    return Values(template, names={logical_id: re.split('[/:]', physical_id)[-1] for logical_id, physical_id in made.items()})


def answer(kind, physical_id):
    """What SageMaker says about a resource, or None where there is none."""
    sagemaker = client('sagemaker')
    try:
        described = SAGEMAKER[kind](sagemaker, physical_id.split('/')[-1])
        return {**described, 'Tags': sagemaker.list_tags(ResourceArn=physical_id)['Tags']}
    except ClientError:
        return None
