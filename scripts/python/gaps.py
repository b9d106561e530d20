"""What moto 5.2.5 lacks, mended within this process or left out of the comparison. Remove what a newer moto can do."""
from values import ACCOUNT, REGION
from moto.cloudformation import parsing
from moto.sagemaker.models import FakeEndpointConfig, Model, SageMakerModelBackend

# Properties that moto drops, so that nothing can be read back.
DROPPED = {
    'AWS::SageMaker::Model': {'EnableNetworkIsolation', 'InferenceExecutionConfig', 'ModelName'},
    'AWS::SageMaker::EndpointConfig': {
        'EnableNetworkIsolation', 'EndpointConfigName', 'ExecutionRoleArn', 'ExplainerConfig', 'MetricsConfig',
        'ShadowProductionVariants', 'VpcConfig'},
    'AWS::SageMaker::Endpoint': {
        'DeploymentConfig', 'EndpointName', 'ExcludeRetainedVariantProperties', 'RetainAllVariantProperties', 'RetainDeploymentConfig'},
}

CUSTOM = ('Custom::', 'AWS::CloudFormation::CustomResource')

# What CDK writes where it may not look up availability zones.
DUMMY_ZONES = ('dummy1a', 'dummy1b', 'dummy1c')


def mend():
    accept_newer_instance_types()
    accept_models_of_several_containers()
    accept_variants_for_inference_components()
    name_repositories_in_lower_case()


def deployable(template, exports):
    """The template as moto can deploy it: values in place of imports, of references to what moto ignores, and of unknown zones."""
    known = parsing.get_model_map()
    ignored = {name for name, r in template['Resources'].items() if r['Type'] not in known}

    def replaced(value):
        if isinstance(value, list):
            return [replaced(item) for item in value]
        if not isinstance(value, dict):
            return f'{REGION}{value[-1]}' if value in DUMMY_ZONES else value
        if list(value) == ['Fn::ImportValue']:
            return exports[value['Fn::ImportValue']]
        target = value.get('Ref') or value.get('Fn::GetAtt')
        target = target if isinstance(target, list) else [target]
        if len(value) == 1 and target[0] in ignored:
            return f'arn:aws:ignored:{REGION}:{ACCOUNT}:{target[0]}'
        return {key: replaced(item) for key, item in value.items()}

    # Without properties a resource would count as changed in every update, and a custom one would start Docker.
    resources = {name: {'Properties': {}, **replaced(r)} for name, r in template['Resources'].items() if not r['Type'].startswith(CUSTOM)}
    return {**template, 'Resources': resources, 'Outputs': replaced(template.get('Outputs', {}))}


def accept_newer_instance_types():
    FakeEndpointConfig.validate_instance_type = lambda self, instance_type: None


def accept_models_of_several_containers():
    create = Model.create_from_cloudformation_json.__func__

    def created(cls, resource_name, cloudformation_json, account_id, region_name, **more):
        cloudformation_json['Properties'].setdefault('PrimaryContainer', {})
        return create(cls, resource_name, cloudformation_json, account_id, region_name, **more)
    Model.create_from_cloudformation_json = classmethod(created)


def accept_variants_for_inference_components():
    validate = SageMakerModelBackend.validate_production_variants
    SageMakerModelBackend.validate_production_variants = lambda self, variants: validate(self, [v for v in variants if 'ModelName' in v])


def name_repositories_in_lower_case():
    generate = parsing.generate_resource_name

    def generated(resource_type, stack_name, logical_id):
        name = generate(resource_type, stack_name, logical_id)
        return name.lower() if resource_type == 'AWS::ECR::Repository' else name
    parsing.generate_resource_name = generated
