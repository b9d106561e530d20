import { Key } from 'aws-cdk-lib/aws-kms';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { renderPermission } from '../../src/identity/permission';
import { BucketPermissions } from '../../src/storage/artifact-bucket-permissions';
import { stackFixture } from '../helper';

const { stack } = stackFixture({ stack: { env: { account: '111122223333', region: 'eu-west-1' } } });
const KEY = Key.fromKeyArn(stack, 'Key', 'arn:aws:kms:eu-west-1:111122223333:key/1');
const BUCKET = Bucket.fromBucketArn(stack, 'Bucket', 'arn:aws:s3:::bucket');
const permissions = new BucketPermissions(BUCKET);
const render = (list: any[]) => list.map(renderPermission);

test('one object is read by its key, without the right to list', () => {
  expect(render(permissions.readObject('models/m.tar.gz'))).toEqual([{ Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::bucket/models/m.tar.gz' }]);
});

test('objects are deleted below a prefix', () => {
  expect(render(permissions.delete('tmp/'))).toEqual([{ Effect: 'Allow', Action: 's3:DeleteObject', Resource: 'arn:aws:s3:::bucket/tmp/*' }]);
});

test('the key comes along, the bucket\'s own or another that is known', () => {
  const own = Bucket.fromBucketAttributes(stack, 'Encrypted', { bucketArn: 'arn:aws:s3:::encrypted', encryptionKey: KEY });
  for (const keyed of [new BucketPermissions(own), new BucketPermissions(BUCKET, KEY)]) {
    expect(keyed.readObject('k').at(-1)).toMatchObject({ actions: ['kms:Decrypt'], resources: [KEY.keyArn] });
    expect(keyed.write('k/').at(-1)).toMatchObject({ actions: ['kms:Decrypt', 'kms:GenerateDataKey'] });
  }
  expect(permissions.read('k/').flatMap(p => p.actions)).toEqual(['s3:GetObject', 's3:ListBucket']);
});

test('a wildcard comes with a reason', () => {
  const wild = [...permissions.read('a/'), ...permissions.write('a/'), ...permissions.delete('')].filter(p => p.resources.some(r => r.includes('*')));
  expect(wild.map(p => p.reason)).toEqual([
    "Object keys below 'a/' are not known before they are written.",
    "Object keys below 'a/' are not known before they are written.",
    'Object keys below the bucket are not known before they are written.',
  ]);
});
