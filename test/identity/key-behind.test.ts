import { Stack } from 'aws-cdk-lib';
import { Alias, CfnKey, IKey, IKeyRef, Key } from 'aws-cdk-lib/aws-kms';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { CustomContainerRepo, ModelArtifactBucket } from '../../src';
import { aliasOf, knownKey, onKey } from '../../src/identity/key-behind';
import { keyForVolumes, keyThrough } from '../../src/identity/key-permissions';
import { directory } from '../containers/build/built';
import { consumerRole, errorOf, openFindings, stackFixture, statementFor, statementsOf } from '../helper';

const ENV = { account: '111122223333', region: 'eu-west-1' };
const KEY_ARN = 'arn:aws:kms:eu-west-1:111122223333:key/1';
const fixture = () => stackFixture({ stack: { env: ENV } });

/** Keys that are given by an alias whose key the program does not know. */
const UNKNOWN: [string, (stack: Stack) => IKey][] = [
  ['an alias by its name', stack => Alias.fromAliasName(stack, 'Alias', 'alias/ml')],
  ['a key by the ARN of an alias', stack => Key.fromKeyArn(stack, 'Alias', 'arn:aws:kms:eu-west-1:111122223333:alias/ml')],
];

test('a key is itself', () => {
  const { stack } = fixture();
  const keys: IKeyRef[] = [new Key(stack, 'Key'), new CfnKey(stack, 'L1'), Key.fromKeyArn(stack, 'Imported', KEY_ARN)];
  keys.forEach(key => expect([knownKey(key), aliasOf(key), onKey(key, { actions: ['kms:Decrypt'] }).resources]).toEqual([key, undefined, [key.keyRef.keyArn]]));
});

test('an alias whose key the program knows is that key', () => {
  const { stack } = fixture();
  const key = Key.fromKeyArn(stack, 'Key', KEY_ARN);
  const made = new Alias(stack, 'Made', { aliasName: 'made', targetKey: key });
  const imported = Alias.fromAliasAttributes(stack, 'Imported', { aliasName: 'alias/of-alias', aliasTargetKey: made });
  for (const alias of [made, imported]) {
    expect([knownKey(alias), aliasOf(alias)]).toEqual([key, undefined]);
    expect([keyThrough(alias, 's3', 'kms:Decrypt'), ...keyForVolumes(alias)].map(p => [p.resources, p.resource])).toEqual(Array(3).fill([[KEY_ARN], key]));
  }
});

test.each(UNKNOWN)('%s is any key of its account and Region that has the alias', (_, aliased) => {
  const { stack } = fixture();
  const { reason, ...use } = onKey(aliased(stack), { actions: ['kms:Decrypt'], conditions: { Bool: { a: 'true' } } });
  expect(reason).toContain("'alias/ml'");
  expect(use).toMatchObject({ actions: ['kms:Decrypt'], conditions: { 'Bool': { a: 'true' }, 'ForAnyValue:StringEquals': { 'kms:ResourceAliases': 'alias/ml' } } });
  const [resource] = stack.resolve(use.resources);
  const text = typeof resource === 'string' ? resource : resource['Fn::Join'][1].map((part: unknown) => typeof part === 'string' ? part : 'aws').join('');
  expect(text).toBe('arn:aws:kms:eu-west-1:111122223333:key/*');
});

test.each(UNKNOWN)('who reads a bucket encrypted with %s may decrypt', (_, aliased) => {
  const { stack, template } = fixture();
  const role = consumerRole(stack);
  new ModelArtifactBucket(stack, 'Artifacts', { encryptionKey: aliased(stack) }).grants.read(role);
  const bucket = Bucket.fromBucketAttributes(stack, 'Other', { bucketName: 'other', encryptionKey: aliased(new Stack(stack, 'Inner', { env: ENV })) });
  ModelArtifactBucket.fromBucket(stack, 'Brought', bucket, bucket.encryptionKey!).grants.write(role);
  const uses = statementsOf(template(), 'Consumer').filter(s => JSON.stringify(s.Action).includes('kms:'));
  expect(uses.length).toBeGreaterThan(0);
  uses.forEach(s => expect(s.Condition['ForAnyValue:StringEquals']).toEqual({ 'kms:ResourceAliases': 'alias/ml' }));
  expect(JSON.stringify(uses.map(s => s.Resource))).not.toContain('alias');
});

test.each(UNKNOWN)('builds may use %s', (_, aliased) => {
  const { stack, template } = fixture();
  new CustomContainerRepo(stack, 'Images', { encryptionKey: aliased(stack) }).addImage('Abalone', directory());
  const uses = statementsOf(template(), 'ImagesBuildsRole').filter(s => JSON.stringify(s.Action).includes('kms:GenerateDataKey'));
  expect(uses.map(s => s.Condition)).toEqual([{ 'ForAnyValue:StringEquals': { 'kms:ResourceAliases': 'alias/ml' } }]);
  expect(openFindings(stack)).toEqual([]);
});

test('a construct that is given an alias names and uses the key behind it', () => {
  const { stack, template } = fixture();
  const key = new Key(stack, 'Key', { enableKeyRotation: true });
  const artifacts = new ModelArtifactBucket(stack, 'Artifacts', { encryptionKey: new Alias(stack, 'Alias', { aliasName: 'ml', targetKey: key }), enforceEncryptionKey: true });
  artifacts.grants.read(consumerRole(stack));
  expect(artifacts.encryptionKey).toBe(key);
  expect(statementFor(statementsOf(template(), 'Consumer'), 'kms:Decrypt').Resource).toEqual(stack.resolve(key.keyArn));
});

test.each(UNKNOWN)('%s cannot be enforced, since uploads are compared with the ARN of the key', (_, aliased) => {
  const { stack } = fixture();
  expect(errorOf(() => new ModelArtifactBucket(stack, 'Artifacts', { encryptionKey: aliased(stack), enforceEncryptionKey: true })))
    .toContain("enforceEncryptionKey needs a key that is known by its own ARN, since uploads are compared with it, got the alias 'alias/ml'");
});
