"""Judges the identity policies of templates: policies.py cloudsplaining|parliament TEMPLATE..."""
import fnmatch
import json
import os
import sys
import warnings

from values import Values

# Cannot be limited to a resource.
HARMLESS = {'ecr:getauthorizationtoken'}

CLOUDSPLAINING = {
    'allows_privilege_escalation': 'error',
    'allows_data_exfiltration_actions': 'error',
    'permissions_management_without_constraints': 'error',
    'service_wildcard': 'error',
    'credentials_exposure': 'warning',
    'infrastructure_modification': 'warning',
}
PARLIAMENT = {'CRITICAL': 'error', 'HIGH': 'error', 'MEDIUM': 'error'}

MANAGED = ('AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy', 'AWS::IAM::RolePolicy')
INLINE = ('AWS::IAM::Role', 'AWS::IAM::User', 'AWS::IAM::Group')


def documents(template):
    """Policy documents by the logical id of their resource, as they are written."""
    for logical_id, resource in template['Resources'].items():
        properties = resource.get('Properties', {})
        if resource['Type'] in MANAGED:
            yield logical_id, properties['PolicyDocument']
        if resource['Type'] in INLINE:
            for policy in properties.get('Policies', []):
                yield logical_id, policy['PolicyDocument']


def listed(value):
    return value if isinstance(value, list) else [value]


def short(words):
    return ', '.join(words[:6]) + (f' and {len(words) - 6} more' if len(words) > 6 else '')


def cloudsplaining(document):
    from cloudsplaining.scan.policy_document import PolicyDocument
    policy = PolicyDocument(document)
    for rule, level in CLOUDSPLAINING.items():
        names = [item['type'] if isinstance(item, dict) else item for item in getattr(policy, rule)]
        names = [name for name in names if name.lower() not in HARMLESS]
        if names:
            yield level, rule, short(names)
    if policy.contains_statement_using_not_action:
        yield 'warning', 'not_action', 'NotAction'


def conditional(document, action):
    """Whether every statement that allows an action names resources and a condition: parliament's auditors look at neither."""
    allowing = [s for s in listed(document['Statement']) if s['Effect'] == 'Allow'
                and any(fnmatch.fnmatchcase(action, pattern.lower()) for pattern in listed(s.get('Action', '*')))]
    return all('Condition' in s and '*' not in listed(s.get('Resource', '*')) for s in allowing)


def parliament(document):
    import parliament as p
    auditors = os.path.join(os.path.dirname(p.__file__), 'community_auditors')
    p.override_config(os.path.join(auditors, 'config_override.yaml'))
    policy = p.analyze_policy_string(json.dumps(document), ignore_private_auditors=True, include_community_auditors=True)
    found = {}
    for finding in map(p.enhance_finding, policy.findings):
        location = finding.location or {}
        actions = [action.lower() for action in listed(location.get('actions') or [])]
        risky = sorted(action for action in actions if action not in HARMLESS)
        if actions and not risky:
            continue
        level = 'error' if finding.issue == 'UNKNOWN_ACTION' else PARLIAMENT.get(finding.severity, 'warning')  # it looks no further then
        if risky and all(conditional(document, action) for action in risky):
            level = 'warning'
        text = f'{finding.title} {short(risky) or finding.detail}'
        found[(level, finding.issue, text)] = None
    return found


def main(scanner, files):
    warnings.simplefilter('ignore')
    templates = {}
    for file in files:
        with open(file, encoding='utf-8') as stream:
            templates[file] = json.load(stream)
    judge = {'cloudsplaining': cloudsplaining, 'parliament': parliament}[scanner]
    findings = []
    for file, template in templates.items():
        # Exports have one name in an account, but the apps here know nothing of each other.
        values = Values(template, [other for name, other in templates.items() if os.path.dirname(name) == os.path.dirname(file)])
        for logical_id, document in documents(template):
            findings += [{'level': level, 'file': file, 'resource': logical_id, 'rule': rule, 'text': text}
                         for level, rule, text in judge(values.of(document))]
    json.dump(findings, sys.stdout)


main(sys.argv[1], sys.argv[2:])
