import { createHash } from 'crypto';
import { writeFileSync } from 'fs';
import { join, relative } from 'path';
import { FileAssetPackaging, Stack, Stage, Token } from 'aws-cdk-lib';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { Problems } from '../../../core/problems';
import { keyThrough } from '../../../identity/key-permissions';
import { Permission } from '../../../identity/permission-statement';

/** As the SageMaker Python SDK calls it. */
const NAME = 'analysis_config';

/** A file in S3 and what reading it takes. */
export interface PlacedConfig {
  readonly uri: string;
  readonly permissions: Permission[];
}

/** The file is written at synth, so nothing in it can be known later. */
export function checkConfig(name: string, config: object, problems: Problems): void {
  for (const { place, value } of leavesOf(config, name)) {
    if (typeof value === 'string') { problems.whole(place, value); }
    problems.check(!Token.isUnresolved(value),
      `${place} can be no variable or reference, since the file with the analysis is written at synth: write it in a step, and use ClarifyCheck.fromFile`);
  }
}

/** Uploads the file with the assets of the stack, under a key that changes with what it holds and ends with the name that Clarify looks for. */
export function placeConfig(scope: Construct, config: object, bootstrapKey?: IKey): PlacedConfig {
  const stack = Stack.of(scope);
  const content = JSON.stringify(config);
  const hash = createHash('sha256').update(content).digest('hex');
  const stage = Stage.of(scope)!;
  const file = join(stage.assetOutdir, `asset.${hash}.json`);
  writeFileSync(file, content);
  // the key of a file is made of the hash and of the end of its name
  const location = stack.synthesizer.addFileAsset({
    packaging: FileAssetPackaging.FILE, fileName: relative(stage.outdir, file), sourceHash: `${hash}/${NAME}`, displayName: 'Analysis of SageMaker Clarify',
  });
  const bucketArn = `arn:${stack.partition}:s3:::${location.bucketName}`;
  return {
    uri: location.s3ObjectUrl,
    permissions: [
      { actions: ['s3:GetObject'], resources: [`${bucketArn}/${location.objectKey}`] },
      { actions: ['s3:ListBucket'], resources: [bucketArn], conditions: { StringEquals: { 's3:prefix': location.objectKey } } },
      ...bootstrapKey === undefined ? [] : [keyThrough(bootstrapKey, 's3', 'kms:Decrypt')],
    ],
  };
}

function leavesOf(value: unknown, place: string): { place: string; value: unknown }[] {
  if (Array.isArray(value)) { return Token.isUnresolved(value) ? [{ place, value }] : value.flatMap((v, i) => leavesOf(v, `${place}[${i}]`)); }
  if (typeof value !== 'object' || value === null) { return [{ place, value }]; }
  return Object.entries(value).flatMap(([k, v]) => leavesOf(v, `${place}.${k}`));
}
