import { mkdtempSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { Fn } from 'aws-cdk-lib';
import { repoWith } from './built';
import { ContainerSource } from '../../../src';
import { dockerHubImages, HubOptions } from '../../../src/containers/build/docker-hub';
import { warningsOf } from '../../helper';

test.each<[string, string, string[], HubOptions?]>([
  ['a name without a host', 'FROM python:3.12', ['python:3.12']],
  ['a name of somebody', 'from rapidsai/base:25.02', ['rapidsai/base:25.02']],
  ['the hub by its host', 'FROM docker.io/library/python:3.12\nFROM index.docker.io/a/b', ['docker.io/library/python:3.12', 'index.docker.io/a/b']],
  ['a platform and a stage', 'FROM --platform=$BUILDPLATFORM python:3.12 AS build\nFROM build\nFROM Build AS more', ['python:3.12']],
  ['other registries', 'FROM public.ecr.aws/docker/library/python:3.12\nFROM quay.io/a/b\nFROM localhost/base\nFROM registry:5000/a\nFROM localhost:5000/a', []],
  ['nothing', 'FROM scratch', []],
  ['an argument with a default', 'ARG VERSION="3.12"\nARG BASE=python:${VERSION}\nFROM ${BASE}', ['python:3.12']],
  ['an argument that is given', 'ARG BASE=python:3.12\nFROM $BASE', [], { buildArgs: { BASE: 'public.ecr.aws/x/y:1' } }],
  ['an argument that is given as one of the hub', 'ARG BASE\nFROM $BASE', ['node:22'], { buildArgs: { BASE: 'node:22' } }],
  ['an argument that is only known at deployment', 'ARG BASE=python:3.12\nFROM $BASE', [], { buildArgs: { BASE: Fn.importValue('base') } }],
  ['an argument without a value', 'ARG BASE\nFROM $BASE', []],
  ['a variable that Docker knows', 'FROM python-$TARGETARCH', []],
  ['a variable with a default of its own', 'FROM ${BASE:-python:3.12}', ['python:3.12']],
  ['an argument of a stage, which is none of the next', 'ARG BASE=python:3.12\nFROM scratch\nARG BASE=quay.io/a/b\nFROM $BASE', ['python:3.12']],
  ['stages after the one that is built', 'FROM quay.io/a/b AS Serve\nFROM python:3.12 AS train', [], { target: 'serve' }],
  ['words of commands', 'FROM quay.io/a/b\nRUN sql "SELECT a \\\n  FROM users"\nRUN <<EOF sql\nSELECT a\nFROM users\nEOF\nCOPY --from=x . .', []],
  ['comments', '# FROM python:3.12\nFROM quay.io/a/b', []],
])('of %s', (_, dockerfile, images, options = {}) => {
  expect(dockerHubImages(dockerfile, options)).toEqual(images);
});

test('a Dockerfile that CodeBuild builds is warned of, one that is built here or lies elsewhere is not', () => {
  const root = mkdtempSync(join(tmpdir(), 'hub-'));
  writeFileSync(join(root, 'Dockerfile'), 'FROM rapidsai/base:25.02\n');
  const warnings = (source: ContainerSource) => {
    const { stack, images, template } = repoWith();
    images.addImage('Abalone', source);
    template();
    return warningsOf(stack);
  };
  expect(warnings(ContainerSource.fromDirectory(root))).toEqual([expect.stringMatching(/others: copy it once with ContainerSource.fromRegistry. .*dockerHubLimits/)]);
  expect(warnings(ContainerSource.fromLocalDocker(root))).toEqual([]);
  rmSync(root, { recursive: true });
});
