import { readFileSync } from 'fs';
import { join } from 'path';
import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { ComplianceOptions, JobDefaults, ModelArtifactBucket, PipelineStep, SageMakerPipeline } from '../../../../src';

export const IRELAND = { env: { account: '111122223333', region: 'eu-west-1' } };

interface Options { readonly jobDefaults?: JobDefaults; readonly compliance?: ComplianceOptions; readonly region?: string }

/** A pipeline in Ireland with the steps that `make` gives. */
export function checking(make: (stack: Stack) => PipelineStep[], options: Options = {}) {
  const app = new App();
  const stack = new Stack(app, 'Stack', { env: { account: '111122223333', region: options.region ?? 'eu-west-1' } });
  const artifacts = new ModelArtifactBucket(stack, 'Artifacts');
  const pipeline = new SageMakerPipeline(stack, 'Pipeline', { artifacts, steps: make(stack), jobDefaults: options.jobDefaults, compliance: options.compliance });
  return { app, stack, artifacts, pipeline, template: () => Template.fromStack(stack) };
}

/** The files that the stack uploads under a name of their own: key and content. */
export function configsOf(app: App): { key: string; bucket: string; content: string }[] {
  const { directory } = app.synth();
  const { files } = JSON.parse(readFileSync(join(directory, 'Stack.assets.json'), 'utf8'));
  return Object.values<any>(files).map(({ source, destinations }) => {
    const [{ bucketName: bucket, objectKey: key }] = Object.values<any>(destinations);
    return { key, bucket, content: readFileSync(join(directory, source.path), 'utf8') };
  }).filter(f => f.key.includes('/'));
}
