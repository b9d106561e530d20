"""What the intrinsic functions of a template could give in an account: ARNs that scanners take for real ones."""
import re

ACCOUNT, REGION = '123456789012', 'us-east-1'

PSEUDO = {
    'AWS::AccountId': ACCOUNT,
    'AWS::Partition': 'aws',
    'AWS::Region': REGION,
    'AWS::URLSuffix': 'amazonaws.com',
    'AWS::StackName': 'stack',
    'AWS::StackId': f'arn:aws:cloudformation:{REGION}:{ACCOUNT}:stack/stack/0',
    'AWS::NoValue': None,
}

# Where the ARN is not arn:aws:<service>:<region>:<account>:<kind-of-resource>/<id>.
ARNS = {
    'AWS::CloudWatch::Alarm': f'arn:aws:cloudwatch:{REGION}:{ACCOUNT}:alarm:{{}}',
    'AWS::EC2::SecurityGroup': f'arn:aws:ec2:{REGION}:{ACCOUNT}:security-group/{{}}',
    'AWS::IAM::ManagedPolicy': f'arn:aws:iam::{ACCOUNT}:policy/{{}}',
    'AWS::IAM::Role': f'arn:aws:iam::{ACCOUNT}:role/{{}}',
    'AWS::Lambda::Function': f'arn:aws:lambda:{REGION}:{ACCOUNT}:function:{{}}',
    'AWS::Logs::LogGroup': f'arn:aws:logs:{REGION}:{ACCOUNT}:log-group:{{}}:*',
    'AWS::S3::Bucket': 'arn:aws:s3:::{}',
    'AWS::SNS::Topic': f'arn:aws:sns:{REGION}:{ACCOUNT}:{{}}',
    'AWS::SQS::Queue': f'arn:aws:sqs:{REGION}:{ACCOUNT}:{{}}',
    'AWS::SecretsManager::Secret': f'arn:aws:secretsmanager:{REGION}:{ACCOUNT}:secret:{{}}',
    'AWS::StepFunctions::StateMachine': f'arn:aws:states:{REGION}:{ACCOUNT}:stateMachine:{{}}',
}
REF_IS_ARN = re.compile(r'AWS::(SNS::Topic|IAM::ManagedPolicy|SecretsManager::Secret|StepFunctions::StateMachine|SageMaker::(?!Pipeline)\w+)')


class Values:
    """The values of one template; `neighbours` are the templates whose exports it may import, `names` those that resources got."""

    def __init__(self, template, neighbours=(), names=None):
        self.names = names or {}
        self.resources = template['Resources']
        self.parameters = template.get('Parameters', {})
        self.neighbours = neighbours

    def of(self, value):
        if isinstance(value, list):
            return [self.of(item) for item in value]
        if not isinstance(value, dict):
            return value
        if len(value) == 1:
            name, argument = next(iter(value.items()))
            function = getattr(self, name.replace('Fn::', '_').lower() if name != 'Ref' else '_ref', None)
            if name == 'Ref' or name.startswith('Fn::'):
                return function(argument) if function else 'unknown'
        return {key: self.of(item) for key, item in value.items()}

    def _name(self, logical_id):
        return self.names.get(logical_id, logical_id.lower())

    def _arn(self, logical_id):
        kind = self.resources[logical_id]['Type']
        _, service, resource = (kind.split('::') + ['', ''])[:3]
        dashed = re.sub(r'(?<=[a-z])(?=[A-Z])', '-', resource).lower()
        return ARNS.get(kind, f'arn:aws:{service.lower()}:{REGION}:{ACCOUNT}:{dashed}/{{}}').format(self._name(logical_id))

    def _ref(self, name):
        if name in PSEUDO:
            return PSEUDO[name]
        if name in self.resources and REF_IS_ARN.fullmatch(self.resources[name]['Type']):
            return self._arn(name)
        return str(self.parameters.get(name, {}).get('Default', self._name(name)))

    def _getatt(self, argument):
        logical_id, attribute = argument if isinstance(argument, list) else argument.split('.', 1)
        return self._arn(logical_id) if attribute.endswith('Arn') else self._name(logical_id)

    def _importvalue(self, argument):
        name = self.of(argument)
        for other in self.neighbours:
            for output in other.get('Outputs', {}).values():
                values = Values(other)
                if 'Export' in output and values.of(output['Export']['Name']) == name:
                    return values.of(output['Value'])
        return 'imported'

    def _join(self, argument):
        return argument[0].join(str(item) for item in self.of(argument[1]))

    def _select(self, argument):
        items = self.of(argument[1])
        return items[int(argument[0])] if isinstance(items, list) and int(argument[0]) < len(items) else 'selected'

    def _split(self, argument):
        return str(self.of(argument[1])).split(argument[0])

    def _if(self, argument):
        return self.of(argument[1])

    def _sub(self, argument):
        text, given = argument if isinstance(argument, list) else (argument, {})

        def replaced(match):
            name = match.group(1)
            if name in given:
                return str(self.of(given[name]))
            return str(self._getatt(name) if '.' in name else self._ref(name))
        return re.sub(r'\$\{([^!}][^}]*)\}', replaced, text)
