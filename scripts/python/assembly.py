"""The stacks of a cloud assembly that hold an endpoint, after those that they import from."""
import io
import json
import zipfile
from pathlib import Path

from values import ACCOUNT, REGION

HOSTING = ('AWS::SageMaker::Model', 'AWS::SageMaker::EndpointConfig', 'AWS::SageMaker::Endpoint')


def load(folder):
    return json.loads((folder / 'manifest.json').read_text(encoding='utf-8'))['artifacts']


def in_order(artifacts):
    """Artifacts after those that they depend on."""
    done = {}

    def visit(name):
        if name in artifacts and name not in done:
            for earlier in artifacts[name].get('dependencies', []):
                visit(earlier)
            done[name] = artifacts[name]
    for name in artifacts:
        visit(name)
    return done.items()


def stacks(folder):
    """(name, template) of each stack worth deploying, in the order of deployment; stages within stages too."""
    artifacts = load(folder)
    found = {}
    for name, artifact in in_order(artifacts):
        properties = artifact.get('properties', {})
        if artifact['type'] == 'cdk:cloud-assembly':
            yield from stacks(folder / properties['directoryName'])
        if artifact['type'] == 'aws:cloudformation:stack':
            template = json.loads((folder / properties['templateFile']).read_text(encoding='utf-8'))
            found[name] = (properties.get('stackName', name), template, artifact.get('dependencies', []))
    wanted = set()

    def want(name):
        if name in found and name not in wanted:
            wanted.add(name)
            for earlier in found[name][2]:
                want(earlier)
    for name, (_, template, _) in found.items():
        if any(resource['Type'] in HOSTING for resource in template['Resources'].values()):
            want(name)
    yield from ((stack, template) for name, (stack, template, _) in found.items() if name in wanted)


def file_assets(folder):
    """(bucket, key, content) of each file asset but the templates."""
    for manifest in folder.rglob('*.assets.json'):
        for asset in json.loads(manifest.read_text(encoding='utf-8'))['files'].values():
            source = manifest.parent / asset['source']['path']
            if source.name.endswith('.template.json'):
                continue
            content = zipped(source) if asset['source']['packaging'] == 'zip' else source.read_bytes()
            for target in asset['destinations'].values():
                yield here(target['bucketName']), here(target['objectKey']), content


def here(text):
    return text.replace('${AWS::AccountId}', ACCOUNT).replace('${AWS::Region}', REGION).replace('${AWS::Partition}', 'aws')


def zipped(folder: Path):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, 'w', zipfile.ZIP_DEFLATED) as archive:
        for file in sorted(folder.rglob('*')):
            if file.is_file():
                archive.write(file, file.relative_to(folder))
    return buffer.getvalue()
