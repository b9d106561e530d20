import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { GatewayVpcEndpoint } from 'aws-cdk-lib/aws-ec2';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Bucket, ObjectLockRetention } from 'aws-cdk-lib/aws-s3';
import { ArtifactPrefix, ModelArtifactBucket, ModelArtifactBucketProps } from '../../src';
import { dependencyCycle, errorOf, expectCompliant, onlyResource, openFindings, stackFixture, warningsOf } from '../helper';
import { changesOf } from '../update-plan';

function bucketFixture(props?: ModelArtifactBucketProps) {
  const fixture = stackFixture();
  const artifacts = new ModelArtifactBucket(fixture.stack, 'Artifacts', props);
  const find = (id: string) => Object.entries(fixture.template().findResources('AWS::S3::Bucket')).find(([name]) => name.startsWith(id))![1];
  return { ...fixture, artifacts, bucket: () => find('ArtifactsBucket'), logs: () => find('ArtifactsAccessLogs') };
}

const problemOf = (props: ModelArtifactBucketProps) => errorOf(() => bucketFixture(props)).split('\n').slice(1).map(line => line.slice(4));

describe('when the stack is deleted', () => {
  const DESTROY = RemovalPolicy.DESTROY;

  test('everything goes if that is said twice', () => {
    const { stack, template, bucket, logs } = bucketFixture({ removalPolicy: DESTROY, deleteObjects: true });
    expect([bucket().DeletionPolicy, logs().DeletionPolicy, onlyResource(template(), 'AWS::KMS::Key').DeletionPolicy]).toEqual(['Delete', 'Delete', 'Delete']);
    const emptied = template().findResources('Custom::S3AutoDeleteObjects');
    expect(Object.values(emptied).map(e => e.Properties.BucketName.Ref).sort()).toEqual([expect.stringMatching(/^ArtifactsAccessLogs/), expect.stringMatching(/^ArtifactsBucket/)]);
    expect(dependencyCycle(template().toJSON())).toBeUndefined();
    expect(Object.keys(template().findResources('AWS::S3::BucketPolicy'))).toHaveLength(2);
    expectCompliant(stack);
  });

  test('an empty bucket goes, without a function', () => {
    const { stack, template, bucket, logs } = bucketFixture({ removalPolicy: DESTROY, deleteObjects: false });
    expect([bucket().DeletionPolicy, logs().DeletionPolicy]).toEqual(['Delete', 'Retain']);
    template().resourceCountIs('AWS::Lambda::Function', 0);
    expectCompliant(stack);
  });

  test('it may stay in so many words', () => {
    expect(bucketFixture({ removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE }).bucket().DeletionPolicy).toBe('RetainExceptOnCreate');
  });

  test.each<[ModelArtifactBucketProps, string]>([
    [{ removalPolicy: DESTROY },
      'removalPolicy DESTROY needs deleteObjects: true to delete all objects along with the bucket, or false to delete the bucket only if it is empty'],
    [{ deleteObjects: true }, 'deleteObjects needs removalPolicy DESTROY'],
    [{ deleteObjects: false, removalPolicy: RemovalPolicy.RETAIN }, 'deleteObjects needs removalPolicy DESTROY'],
    [{ removalPolicy: RemovalPolicy.SNAPSHOT }, "removalPolicy must be one of retain, retain-on-update-or-delete, destroy, got 'snapshot'"],
    [{ removalPolicy: DESTROY, deleteObjects: true, objectLockEnabled: true }, 'deleteObjects cannot be true where objects may be locked: nobody can empty the bucket then'],
  ])('%j is refused', (props, problem) => {
    expect(problemOf(props)).toEqual([problem]);
  });
});

describe('an object lock', () => {
  test('can be had without a retention for all', () => {
    const { Properties } = bucketFixture({ objectLockEnabled: true }).bucket();
    expect([Properties.ObjectLockEnabled, Properties.ObjectLockConfiguration]).toEqual([true, undefined]);
  });

  test.each([
    [ObjectLockRetention.governance(Duration.days(30)), 'GOVERNANCE', false],
    [ObjectLockRetention.compliance(Duration.days(30)), 'COMPLIANCE', true],
  ] as const)('can hold each version (%#)', (objectLockDefaultRetention, Mode, warned) => {
    const { stack, bucket } = bucketFixture({ objectLockDefaultRetention });
    expect(bucket().Properties).toMatchObject({
      ObjectLockEnabled: true,
      ObjectLockConfiguration: { ObjectLockEnabled: 'Enabled', Rule: { DefaultRetention: { Mode, Days: 30 } } },
    });
    expect(JSON.stringify(warningsOf(stack)).includes('cdk-ml-patterns:complianceLock')).toBe(warned);
    expect(openFindings(stack)).toEqual([]);
  });

  test('cannot be off and have a retention', () => {
    expect(problemOf({ objectLockEnabled: false, objectLockDefaultRetention: ObjectLockRetention.governance(Duration.days(1)) })).toEqual([
      'objectLockDefaultRetention needs objectLockEnabled',
    ]);
  });
});

test('all problems come at once', () => {
  const lifecycle = [{ prefix: ArtifactPrefix.CAPTURE }];
  const removalPolicy = RemovalPolicy.DESTROY;
  expect(problemOf({ removalPolicy, intermediateExpiration: Duration.days(0), lifecycle, perimeter: {}, replicas: [] })).toHaveLength(5);
});

const OTHER_KEY = 'arn:aws:kms:eu-west-1:111122223333:key/1';

/** With every option that a bucket which stays can have. */
function everything(): ReturnType<typeof stackFixture> {
  const fixture = stackFixture();
  const { stack } = fixture;
  new ModelArtifactBucket(stack, 'Artifacts', {
    enforceEncryptionKey: true,
    objectLockDefaultRetention: ObjectLockRetention.governance(Duration.days(30)),
    intermediateExpiration: Duration.days(10),
    lifecycle: [{ prefix: ArtifactPrefix.CAPTURE, expireAfter: Duration.days(90) }],
    perimeter: { organizationId: 'o-a1b2c3d4e5', vpcEndpoints: [GatewayVpcEndpoint.fromGatewayVpcEndpointId(stack, 'Endpoint', 'vpce-1')] },
    replicas: [{ bucket: Bucket.fromBucketName(stack, 'Other', 'other'), encryptionKey: Key.fromKeyArn(stack, 'OtherKey', OTHER_KEY) }],
  }).grants.readByAccount('999999999999');
  return fixture;
}

test('with everything said it is clean', () => {
  const { stack, template } = everything();
  expect(dependencyCycle(template().toJSON())).toBeUndefined();
  expect(openFindings(stack)).toEqual([]);
});

test.each<[string, () => ReturnType<typeof stackFixture>]>([
  ['every option that it can stay with', everything],
  ['destruction', () => bucketFixture({ removalPolicy: RemovalPolicy.DESTROY, deleteObjects: true })],
])('a bucket that gets %s later keeps its data: nothing is replaced or removed', (_, later) => {
  const changes = changesOf(bucketFixture().template().toJSON(), { Resources: withoutFunction(later().template().toJSON().Resources) }) as any;
  expect([changes.replaced, changes.removed, changes.blocked]).toEqual([undefined, undefined, undefined]);
  expect(changes.updated.join()).toContain('AWS::S3::Bucket ');
});

/** Types that the table of properties does not know, and which only come in addition. */
function withoutFunction(resources: Record<string, any>): Record<string, any> {
  return Object.fromEntries(Object.entries(resources).filter(([, r]) => !/^(AWS::Lambda|Custom::)/.test(r.Type)));
}
