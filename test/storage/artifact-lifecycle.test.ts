import { CfnParameter, Duration, Lazy } from 'aws-cdk-lib';
import { StorageClass } from 'aws-cdk-lib/aws-s3';
import { ArtifactLifecycle, ArtifactPrefix, ModelArtifactBucket } from '../../src';
import { errorOf, expectCompliant, stackFixture, warningsOf } from '../helper';

const { CAPTURE, MODELS, INTERMEDIATE, ALL, OUTPUT } = ArtifactPrefix;
const days = (n: number) => Duration.days(n);

function lifecycleFixture(...lifecycle: ArtifactLifecycle[]) {
  const { stack, template } = stackFixture();
  new ModelArtifactBucket(stack, 'Artifacts', { lifecycle });
  const [, bucket] = Object.entries(template().findResources('AWS::S3::Bucket')).find(([id]) => id.startsWith('ArtifactsBucket'))!;
  return { stack, rules: bucket.Properties.LifecycleConfiguration.Rules.slice(2) as object[] };
}

test.each<[string, ArtifactLifecycle, object]>([
  ['expires, and can be brought back for 30 days', { prefix: CAPTURE, expireAfter: days(90) },
    { Id: 'Below capture/', Prefix: 'capture/', ExpirationInDays: 90, NoncurrentVersionExpiration: { NoncurrentDays: 30 } }],
  ['expires at once', { prefix: OUTPUT, expireAfter: days(1), oldVersionsExpireAfter: days(1) },
    { Id: 'Below output/', Prefix: 'output/', ExpirationInDays: 1, NoncurrentVersionExpiration: { NoncurrentDays: 1 } }],
  ['goes to a cheaper class', { prefix: CAPTURE, tierAfter: days(7) },
    { Id: 'Below capture/', Prefix: 'capture/', Transitions: [{ StorageClass: 'INTELLIGENT_TIERING', TransitionInDays: 7 }] }],
  ['is kept, its old versions less and less', { prefix: MODELS, oldVersionsTierAfter: days(30), oldVersionsExpireAfter: days(365), oldVersionsKept: 3 },
    {
      Id: 'Below models/',
      Prefix: 'models/',
      NoncurrentVersionTransitions: [{ StorageClass: 'GLACIER_IR', TransitionInDays: 30 }],
      NoncurrentVersionExpiration: { NoncurrentDays: 365, NewerNoncurrentVersions: 3 },
    }],
  ['may be anywhere', { prefix: ALL, oldVersionsTierAfter: days(30), oldVersionsTier: StorageClass.INFREQUENT_ACCESS },
    { Id: 'Below everything', NoncurrentVersionTransitions: [{ StorageClass: 'STANDARD_IA', TransitionInDays: 30 }] }],
])('an object %s', (_, lifecycle, rule) => {
  expect(lifecycleFixture(lifecycle).rules).toEqual([{ Status: 'Enabled', ...rule }]);
});

test('each place has a rule of its own, and they satisfy the checks', () => {
  const { stack, rules } = lifecycleFixture({ prefix: CAPTURE, expireAfter: days(90) }, { prefix: ArtifactPrefix.REPORTS, tierAfter: days(30) });
  expect(rules).toHaveLength(2);
  expectCompliant(stack);
});

test.each<[ArtifactLifecycle, string]>([
  [{ prefix: 'capture/' as any, expireAfter: days(1) }, "lifecycle[0].prefix must be an ArtifactPrefix, for example ArtifactPrefix.CAPTURE or ArtifactPrefix.of('logs/'), got 'capture/'"],
  [{ expireAfter: days(1) } as any, "lifecycle[0].prefix must be an ArtifactPrefix, for example ArtifactPrefix.CAPTURE or ArtifactPrefix.of('logs/'), got 'undefined'"],
  [{ prefix: CAPTURE }, 'lifecycle[0] must hold one of expireAfter, tierAfter, oldVersionsExpireAfter, oldVersionsTierAfter'],
  [{ prefix: CAPTURE, expireAfter: Duration.hours(12) }, 'lifecycle[0].expireAfter (days) must be a whole number of at least 1, got 0.5'],
  [{ prefix: INTERMEDIATE, expireAfter: days(3) }, "lifecycle[0].expireAfter cannot be for 'intermediate/': say intermediateExpiration"],
  [{ prefix: CAPTURE, tierAfter: days(7), tier: StorageClass.INFREQUENT_ACCESS }, 'lifecycle[0].tierAfter must be at least 30 days for STANDARD_IA, got 7'],
  [{ prefix: CAPTURE, oldVersionsTierAfter: days(7), oldVersionsTier: StorageClass.ONE_ZONE_INFREQUENT_ACCESS },
    'lifecycle[0].oldVersionsTierAfter must be at least 30 days for ONEZONE_IA, got 7'],
  [{ prefix: CAPTURE, tierAfter: days(90), expireAfter: days(90) }, 'lifecycle[0].tierAfter must be less than the time after which they expire, which is 90 days, got 90'],
  [{ prefix: CAPTURE, expireAfter: days(90), oldVersionsTierAfter: days(30) },
    'lifecycle[0].oldVersionsTierAfter must be less than the time after which they expire, which is 30 days, got 30'],
  [{ prefix: CAPTURE, expireAfter: days(90), tier: StorageClass.GLACIER }, 'lifecycle[0].tier needs tierAfter'],
  [{ prefix: CAPTURE, expireAfter: days(90), oldVersionsTier: StorageClass.GLACIER }, 'lifecycle[0].oldVersionsTier needs oldVersionsTierAfter'],
  [{ prefix: CAPTURE, tierAfter: days(9), oldVersionsKept: 2 }, 'lifecycle[0].oldVersionsKept needs oldVersionsExpireAfter'],
  [{ prefix: CAPTURE, oldVersionsExpireAfter: days(9), oldVersionsKept: 101 }, 'lifecycle[0].oldVersionsKept must be a whole number between 1 and 100, got 101'],
  [{ prefix: ArtifactPrefix.of('a*'), expireAfter: days(9) }, "lifecycle[0].prefix must end with '/', not begin with it, and hold no *, no ? and no empty part, got 'a*'"],
])('%j is refused', (lifecycle, problem) => {
  expect(errorOf(() => lifecycleFixture(lifecycle))).toBe(`ModelArtifactBucket at 'Stack/Artifacts' has 1 problem:\n  - ${problem}`);
});

test('a place has one rule', () => {
  const rule = { prefix: CAPTURE, expireAfter: days(9) };
  expect(errorOf(() => lifecycleFixture(rule, rule))).toContain('lifecycle (prefix) must be unique, used twice: capture/');
});

test('values that are known at deployment pass', () => {
  const { rules } = lifecycleFixture({ prefix: CAPTURE, expireAfter: Duration.days(Lazy.number({ produce: () => 12 })), tierAfter: days(20) });
  expect(rules).toMatchObject([{ ExpirationInDays: 12 }]);
  const { stack } = stackFixture();
  const prefix = ArtifactPrefix.of(new CfnParameter(stack, 'Prefix').valueAsString);
  expect(() => new ModelArtifactBucket(stack, 'Artifacts', { lifecycle: [{ prefix, expireAfter: days(1) }] })).not.toThrow();
});

test.each<[ArtifactPrefix, boolean]>([[MODELS, true], [ALL, true], [MODELS.below('churn'), true], [CAPTURE, false], [ArtifactPrefix.of('models-old/'), false]])(
  'expiring what is below $prefix is warned of if models are there: %p', (prefix, warned) => {
    const { stack } = lifecycleFixture({ prefix, expireAfter: days(90) });
    expect(JSON.stringify(warningsOf(stack)).includes('cdk-ml-patterns:modelsExpire')).toBe(warned);
  });

const { DEEP_ARCHIVE, GLACIER, GLACIER_INSTANT_RETRIEVAL } = StorageClass;

test.each<[StorageClass | undefined, boolean]>([[DEEP_ARCHIVE, true], [GLACIER, true], [GLACIER_INSTANT_RETRIEVAL, false], [undefined, false]])(
  'what nobody can read is warned of (%#)', (tier, warned) => {
    const { stack } = lifecycleFixture({ prefix: CAPTURE, tierAfter: days(30), tier });
    expect(JSON.stringify(warningsOf(stack)).includes('cdk-ml-patterns:archivedObjects')).toBe(warned);
  });
