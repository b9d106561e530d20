import { Duration, Token, Validations } from 'aws-cdk-lib';
import { CfnBucket, StorageClass } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { ArtifactPrefix } from './artifact-prefix';
import { Problems } from '../core/problems';

/** Every default stands here, and only here. */
const DEFAULTS = { tier: StorageClass.INTELLIGENT_TIERING, oldVersionsTier: StorageClass.GLACIER_INSTANT_RETRIEVAL };

/** What expired can be brought back for as long, since the bucket keeps versions. */
export const RECOVERY_DAYS = 30;

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/lifecycle-transition-general-considerations.html */
const INFREQUENT = [StorageClass.INFREQUENT_ACCESS, StorageClass.ONE_ZONE_INFREQUENT_ACCESS].map(c => c.value);
const INFREQUENT_DAYS = 30;

/** Classes whose objects nobody can read before they were restored. */
const ARCHIVES = [StorageClass.GLACIER, StorageClass.DEEP_ARCHIVE].map(c => c.value);

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_NoncurrentVersionExpiration.html */
const MAX_KEPT = 100;

/**
 * What becomes of objects with time, below one prefix. At least one of the durations is given; each is whole days, 1 or more.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/intro-lifecycle-rules.html
 */
export interface ArtifactLifecycle {
  /** Where the objects lie. Each place has one rule; of rules of places within each other the one that deletes sooner wins. */
  readonly prefix: ArtifactPrefix;

  /**
   * After how long objects expire. What expired is an old version and goes after `oldVersionsExpireAfter`.
   *
   * @default - never
   */
  readonly expireAfter?: Duration;

  /**
   * After how long objects go to a cheaper storage class.
   *
   * @default - never
   */
  readonly tierAfter?: Duration;

  /**
   * The class that objects go to after `tierAfter`. SageMaker cannot read those in an archive.
   *
   * @default StorageClass.INTELLIGENT_TIERING
   */
  readonly tier?: StorageClass;

  /**
   * How long versions are kept that were overwritten, deleted or expired.
   *
   * @default - for 30 days if `expireAfter` is given, otherwise for good
   */
  readonly oldVersionsExpireAfter?: Duration;

  /**
   * How many of the newest old versions of each object stay even after `oldVersionsExpireAfter`, 1 to 100.
   *
   * @default - none
   */
  readonly oldVersionsKept?: number;

  /**
   * After how long old versions go to a cheaper storage class.
   *
   * @default - never
   */
  readonly oldVersionsTierAfter?: Duration;

  /**
   * The class that old versions go to after `oldVersionsTierAfter`.
   *
   * @default StorageClass.GLACIER_INSTANT_RETRIEVAL
   */
  readonly oldVersionsTier?: StorageClass;
}

/** The rules of all options. */
export function checkLifecycles(lifecycles: ArtifactLifecycle[] | undefined, problems: Problems): void {
  lifecycles?.forEach((l, i) => checkLifecycle(`lifecycle[${i}]`, l, problems));
  problems.unique('lifecycle (prefix)', lifecycles?.filter(l => l.prefix instanceof ArtifactPrefix).map(l => l.prefix.prefix) ?? []);
}

function checkLifecycle(name: string, l: ArtifactLifecycle, problems: Problems): void {
  if (!(l.prefix instanceof ArtifactPrefix)) { // a language without types, or a list without, may give the rule of a Bucket
    problems.check(false, `${name}.prefix must be an ArtifactPrefix, for example ArtifactPrefix.CAPTURE or ArtifactPrefix.of('logs/'), got '${l.prefix}'`);
    return;
  }
  l.prefix._check(`${name}.prefix`, problems);
  problems.check(l.prefix.prefix !== ArtifactPrefix.INTERMEDIATE.prefix || l.expireAfter === undefined,
    `${name}.expireAfter cannot be for 'intermediate/': say intermediateExpiration`);
  const { expireAfter, tierAfter, oldVersionsExpireAfter, oldVersionsTierAfter } = l;
  const times = { expireAfter, tierAfter, oldVersionsExpireAfter, oldVersionsTierAfter };
  problems.check(Object.values(times).some(t => t !== undefined), `${name} must hold one of ${Object.keys(times).join(', ')}`);
  Object.entries(times).forEach(([time, value]) => problems.integer(`${name}.${time} (days)`, days(value), 1, Number.MAX_SAFE_INTEGER));
  checkTier(`${name}.tier`, l.tier ?? DEFAULTS.tier, l.tierAfter, l.expireAfter, problems);
  checkTier(`${name}.oldVersionsTier`, l.oldVersionsTier ?? DEFAULTS.oldVersionsTier, l.oldVersionsTierAfter, oldVersions(l), problems);
  problems.check(l.tier === undefined || l.tierAfter !== undefined, `${name}.tier needs tierAfter`);
  problems.check(l.oldVersionsTier === undefined || l.oldVersionsTierAfter !== undefined, `${name}.oldVersionsTier needs oldVersionsTierAfter`);
  problems.check(l.oldVersionsKept === undefined || oldVersions(l) !== undefined, `${name}.oldVersionsKept needs oldVersionsExpireAfter`);
  problems.integer(`${name}.oldVersionsKept`, l.oldVersionsKept, 1, MAX_KEPT);
}

function checkTier(name: string, tier: StorageClass, after: Duration | undefined, expire: Duration | undefined, problems: Problems): void {
  if (after === undefined) { return; }
  const from = days(after)!;
  const to = days(expire);
  if (!Token.isUnresolved(from)) {
    const least = INFREQUENT.includes(tier.value) ? INFREQUENT_DAYS : 0;
    problems.check(from >= least, `${name}After must be at least ${least} days for ${tier.value}, got ${from}`);
  }
  if (to !== undefined && !Token.isUnresolved(from) && !Token.isUnresolved(to)) {
    problems.check(from < to, `${name}After must be less than the time after which they expire, which is ${to} days, got ${from}`);
  }
}

/** The rule of a bucket. */
export function renderLifecycle(l: ArtifactLifecycle): CfnBucket.RuleProperty {
  const transition = (after: Duration | undefined, tier: StorageClass) =>
    after === undefined ? undefined : [{ storageClass: tier.value, transitionInDays: days(after)! }];
  return {
    id: `Below ${l.prefix.prefix === '' ? 'everything' : l.prefix.prefix}`,
    status: 'Enabled',
    prefix: l.prefix.prefix === '' ? undefined : l.prefix.prefix,
    expirationInDays: days(l.expireAfter),
    transitions: transition(l.tierAfter, l.tier ?? DEFAULTS.tier),
    noncurrentVersionExpiration: oldVersions(l) && { noncurrentDays: days(oldVersions(l))!, newerNoncurrentVersions: l.oldVersionsKept },
    noncurrentVersionTransitions: transition(l.oldVersionsTierAfter, l.oldVersionsTier ?? DEFAULTS.oldVersionsTier),
  };
}

/** What only the user can judge. */
export function warnOfLifecycles(scope: Construct, lifecycles: ArtifactLifecycle[] = []): void {
  const models = ArtifactPrefix.MODELS.prefix;
  for (const { prefix: { prefix }, expireAfter, tierAfter, tier } of lifecycles) {
    if (expireAfter !== undefined && (models.startsWith(prefix) || prefix.startsWith(models))) {
      Validations.of(scope).addWarning('cdk-ml-patterns:modelsExpire',
        `Models below '${prefix}' expire, whether or not they are in use: an endpoint that runs one fails when it scales out, `
        + 'and a version of a registry cannot be deployed any more.');
    }
    if (tierAfter !== undefined && tier !== undefined && ARCHIVES.includes(tier.value)) {
      Validations.of(scope).addWarning('cdk-ml-patterns:archivedObjects',
        `Objects below '${prefix}' go to ${tier.value}, where neither SageMaker nor anybody else can read them before they were restored.`);
    }
  }
}

function oldVersions({ oldVersionsExpireAfter, expireAfter }: ArtifactLifecycle): Duration | undefined {
  return oldVersionsExpireAfter ?? (expireAfter && Duration.days(RECOVERY_DAYS));
}

function days(duration: Duration | undefined): number | undefined {
  return duration?.toDays({ integral: false });
}
