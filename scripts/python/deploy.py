"""Deploys endpoints on moto, reads them back, updates and deletes them: deploy.py CDK.OUT...; writes JSON."""
import copy
import json
import logging
import sys
import traceback
import warnings
from collections import Counter
from pathlib import Path

import account
import assembly
import expected
import gaps
import stack
from moto import mock_aws

UPDATED = 'UPDATED'


def parameters_of(template):
    return [{'ParameterKey': name, 'ParameterValue': 'given'} for name, p in template.get('Parameters', {}).items() if 'Default' not in p]


def exported(template, values):
    return {values.of(o['Export']['Name']): values.of(o['Value']) for o in template.get('Outputs', {}).values() if 'Export' in o}


def hosting(template):
    return {logical_id: r for logical_id, r in template['Resources'].items() if r['Type'] in assembly.HOSTING}


def read_back(template, made):
    """Differences between the template and what SageMaker answers."""
    found, values = [], stack.values(template, made)
    for logical_id, resource in hosting(template).items():
        answer = stack.answer(resource['Type'], made[logical_id]) if made.get(logical_id) else None
        found += [f'{logical_id} is missing'] if answer is None else expected.compare(logical_id, resource, answer, values)
    return found


def must_see_changes(template, made):
    """A comparison that finds nothing in another template would find nothing at all."""
    for logical_id, resource in hosting(template).items():
        other = {**template, 'Resources': {**template['Resources'], logical_id: changed(resource)}}
        if made.get(logical_id) and not read_back(other, made):
            raise RuntimeError(f'the comparison is blind: {logical_id} equals a template that says otherwise')


def changed(resource):
    """The same resource in a next version: containers know another variable, there is one instance more, the endpoint has a tag."""
    other = copy.deepcopy(resource)
    properties = other['Properties']
    for container in [properties.get('PrimaryContainer'), *properties.get('Containers', [])]:
        if container is not None:
            container.setdefault('Environment', {})[UPDATED] = 'yes'
    for variant in properties.get('ProductionVariants', []):
        if 'InitialInstanceCount' in variant:
            variant['InitialInstanceCount'] += 1
        else:
            variant['VariantName'] = f'{variant["VariantName"]}2'
    if resource['Type'].endswith('::Endpoint'):
        properties['Tags'] = [*properties.get('Tags', []), {'Key': UPDATED, 'Value': 'yes'}]
    return other


def update(name, template):
    """One type after another: moto neither orders changes nor passes them on to what refers to them."""
    newer = copy.deepcopy(template)
    for step, kind in enumerate(assembly.HOSTING):
        for logical_id, resource in hosting(newer).items():
            if resource['Type'] == kind:
                newer['Resources'][logical_id] = changed(resource)
        stack.deploy(name, json.dumps(newer), parameters_of(newer), 'UPDATE', f'update{step}')
    return newer


def deploy_all(folder):
    client = account.client
    client('s3').create_bucket(Bucket=stack.TEMPLATES)
    client('ssm').put_parameter(Name='/cdk-bootstrap/hnb659fds/version', Value='99', Type='String')
    for bucket, key, content in assembly.file_assets(folder):
        client('s3').create_bucket(Bucket=bucket)
        client('s3').put_object(Bucket=bucket, Key=key, Body=content)

    created, ignored, dropped, problems, exports, stacks = Counter(), Counter(), Counter(), [], {}, []
    for name, written in assembly.stacks(folder):
        template = gaps.deployable(written, exports)
        stacks.append((name, template))
        stack.deploy(name, json.dumps(template), parameters_of(template), 'CREATE', 'create')
        made = stack.physical_ids(name)
        exports.update(exported(template, stack.values(template, made)))
        for logical_id, resource in written['Resources'].items():
            (created if made.get(logical_id) else ignored)[resource['Type']] += 1
        dropped.update(f'{r["Type"]}.{p}' for r in hosting(template).values() for p in r['Properties'] if p in gaps.DROPPED[r['Type']])
        problems += [f'{name}: {d}' for d in read_back(template, made)]
        must_see_changes(template, made)
    for name, template in stacks:
        if hosting(template):
            newer = update(name, template)
            problems += [f'{name}, updated: {d}' for d in read_back(newer, stack.physical_ids(name))]
    for name, template in reversed([s for s in stacks if hosting(s[1])]):
        made = stack.physical_ids(name)
        stack.delete(name)
        problems += [f'{name}, deleted: {logical_id} is still there' for logical_id, resource in hosting(template).items()
                     if made.get(logical_id) and stack.answer(resource['Type'], made[logical_id])]
    return {'stacks': [name for name, _ in stacks], 'created': created, 'ignored': ignored, 'dropped': dropped, 'problems': problems}


def main(folders):
    warnings.simplefilter('ignore')
    logging.disable(logging.WARNING)
    account.enter()
    gaps.mend()
    results = []
    for folder in folders:
        with mock_aws():
            try:
                results.append(deploy_all(Path(folder)))
            except Exception as error:  # whatever moto or boto3 throws is the result of this app
                traceback.print_exc()
                results.append({'stacks': [], 'created': {}, 'ignored': {}, 'dropped': {}, 'problems': [f'not deployed: {type(error).__name__}: {error}']})
    json.dump(results, sys.stdout)


main(sys.argv[1:])
