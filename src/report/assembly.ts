import { existsSync } from 'fs';
import { join } from 'path';
import { assemblyDirectory, BadInput, readJson } from './files';
import { isObject, JsonObject, listOf, objectOf, textOf } from './json';
import { Metadata, Resource, StackModel } from './model';

/** Says which version of the CDK made the stack, and nothing about the architecture. */
const IGNORED_TYPES = ['AWS::CDK::Metadata'];

/** What the checks wrote into a cloud assembly and its stages, where that was asked for. */
export function readEvidence(directory: string): JsonObject[] {
  const file = join(directory, 'compliance-report.json');
  const { artifacts } = readJson(join(assemblyDirectory(directory), 'manifest.json'));
  const stages = Object.entries(objectOf(artifacts)).filter(([, a]) => objectOf(a).type === 'cdk:cloud-assembly');
  const below = stages.map(([id, a]) => join(directory, textOf(objectOf(objectOf(a).properties).directoryName) ?? id));
  return [...existsSync(file) ? [readJson(file)] : [], ...below.flatMap(readEvidence)];
}

/** Reads all stacks of a cloud assembly, those of its stages and nested stacks included. */
export function readAssembly(directory: string, prefix = ''): StackModel[] {
  const file = join(assemblyDirectory(directory), 'manifest.json');
  const manifest = readJson(file);
  if (typeof manifest.version !== 'string') { throw new BadInput(`not the manifest of a cloud assembly, it has no version: ${file}`); }
  return Object.entries(objectOf(manifest.artifacts)).flatMap(([id, value]) => {
    const artifact = objectOf(value);
    const properties = objectOf(artifact.properties);
    if (artifact.type === 'cdk:cloud-assembly') {
      return readAssembly(join(directory, textOf(properties.directoryName) ?? id), `${prefix}${id}/`);
    }
    return artifact.type === 'aws:cloudformation:stack' ? readStack(directory, prefix + id, id, artifact) : [];
  });
}

function readStack(directory: string, key: string, id: string, artifact: JsonObject): StackModel[] {
  const properties = objectOf(artifact.properties);
  const file = textOf(properties.templateFile) ?? `${id}.template.json`;
  const metadata = readMetadata(directory, artifact);
  const name = (textOf(artifact.displayName) ?? id).replace(/ \(.*\)$/, '');
  const nested = nestedTemplates(directory, id).map(nestedFile => {
    const nestedId = nestedFile.replace(/\.nested\.template\.json$/, '');
    return stackOf(`${key}/${nestedId}`, `${name} / ${nestedId}`, true, readJson(join(directory, nestedFile)), metadata);
  });
  return [stackOf(key, name, false, readJson(join(directory, file)), metadata), ...nested];
}

/** Older versions of the CDK keep the metadata in the manifest, newer ones in a file beside it. */
function readMetadata(directory: string, artifact: JsonObject): Metadata[] {
  const file = textOf(artifact.additionalMetadataFile);
  const all = { ...objectOf(artifact.metadata), ...file === undefined ? {} : readJson(join(directory, file)) };
  return Object.entries(all).flatMap(([path, entries]) => listOf(entries).filter(isObject).map(e => (
    { path: path.replace(/^\//, ''), type: String(e.type), data: e.data })));
}

/** The template of a nested stack is an asset of its parent. */
function nestedTemplates(directory: string, id: string): string[] {
  const file = join(directory, `${id}.assets.json`);
  if (!existsSync(file)) { return []; }
  return Object.values(objectOf(readJson(file).files)).flatMap(asset => {
    const path = textOf(objectOf(objectOf(asset).source).path) ?? '';
    return path.endsWith('.nested.template.json') ? [path] : [];
  });
}

function stackOf(key: string, name: string, nested: boolean, template: JsonObject, metadata: readonly Metadata[]): StackModel {
  const paths = new Map<string, string[]>();
  metadata.filter(m => m.type === 'aws:cdk:logicalId').forEach(m => paths.set(String(m.data), [...paths.get(String(m.data)) ?? [], m.path]));
  const stack: StackModel = { key, name, nested, resources: [], outputs: objectOf(template.Outputs), metadata: nested ? [] : metadata };
  for (const [logicalId, value] of Object.entries(objectOf(template.Resources))) {
    const resource = objectOf(value);
    const type = textOf(resource.Type) ?? 'no type';
    if (IGNORED_TYPES.includes(type)) { continue; }
    const path = textOf(objectOf(resource.Metadata)['aws:cdk:path']) ?? paths.get(logicalId)?.at(nested ? -1 : 0) ?? `${name}/${logicalId}`;
    stack.resources.push({
      key: `${key}.${logicalId}`, stack, logicalId, type, path: readable(path), properties: objectOf(resource.Properties), dependsOn: dependsOn(resource),
    } satisfies Resource);
  }
  return stack;
}

function dependsOn(resource: JsonObject): string[] {
  return listOf(resource.DependsOn).filter(d => typeof d === 'string');
}

/** `Stack/Bucket/Resource` is how the CDK calls what its user named `Stack/Bucket`. */
function readable(path: string): string {
  return path.replace(/\/(Resource|Default)$/, '');
}
