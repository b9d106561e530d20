/** A kind of exception that the library makes for what it builds itself. */
export interface AcceptedKind {
  /** Why a construct of the library may break these rules. */
  readonly why: string;
  /** What would make the exception needless. */
  readonly until: string;
  /** The rules that it covers, without the names of packs. */
  readonly rules: string[];
}

/**
 * All exceptions that the library makes by itself. There are no others: `accept` and `excuse` take nothing else, and docs/compliance.md lists them.
 */
export const ACCEPTED = {
  unknownNames: {
    why: 'AWS makes the names below a prefix itself, at run time, or an action knows no resources, so that a policy holds a wildcard.',
    until: 'AWS lets a program choose these names, or name the resources of these actions.',
    rules: ['IAM5', 'ML-IAM1'],
  },
  serviceCannot: {
    why: 'The service does not offer what the rule asks for: serverless inference and jobs that call an endpoint or a model have a network.',
    until: 'SageMaker isolates serverless containers, and calls models of monitors and checks itself.',
    rules: ['ML-SM1', 'ML-SM2', 'ML-SM13', 'ML-SM15'],
  },
  endOfChain: {
    why: 'What takes the access logs or the dead letters of others is the last of its kind: it has no log, no queue and no copy of its own, and S3 delivers logs to no bucket with a key of KMS.',
    until: 'S3 delivers access logs to buckets with a key of KMS.',
    rules: ['SQS3', 'SQSRedrivePolicy', 'EventBusDLQ', 'S3BucketDefaultLockEnabled', 'S3BucketReplicationEnabled', 'S3DefaultEncryptionKMS'],
  },
  ruleCannotSee: {
    why: 'The rule does not see what guards the resource: a condition in a policy, the source that a build gets when it starts, or SageMaker, which watches an alarm and rolls back.',
    until: 'cdk-nag looks at conditions, at started builds, and at alarms of deployments.',
    rules: ['ECR1', 'CodeBuildProjectSourceRepoUrl', 'CloudWatchAlarmAction'],
  },
  deploymentHelpers: {
    why: 'A function or state machine of the library works for seconds during a deployment or after an execution; its caller waits, tries again and tells what failed.',
    until: 'CloudFormation and SageMaker can do the work without a function.',
    rules: ['L1', 'LambdaConcurrency', 'LambdaDLQ', 'LambdaInsideVPC', 'LambdaTracing', 'EventBusDLQ', 'SF1', 'SF2', 'StepFunctionStateMachineXray'],
  },
  costsChosen: {
    why: 'What doubles the cost, moves data to another Region or forbids deleting it is not chosen for the consumer.',
    until: 'The consumer asks for two instances, or gives the bucket a replication or an Object Lock.',
    rules: ['ML-SM7', 'S3BucketDefaultLockEnabled', 'S3BucketReplicationEnabled'],
  },
} satisfies Record<string, AcceptedKind>;

export type AcceptedKindName = keyof typeof ACCEPTED;

const [HIPAA, R4, R5, PCI, SERVERLESS] = ['HIPAA.Security', 'NIST.800.53.R4', 'NIST.800.53.R5', 'PCI.DSS.321', 'Serverless'];

/** Which packs of cdk-nag 3 ask for what. */
const PACKS = {
  CloudWatchAlarmAction: [HIPAA, R4, R5],
  CodeBuildProjectSourceRepoUrl: [HIPAA, R4, PCI],
  LambdaConcurrency: [HIPAA, R5],
  LambdaDLQ: [HIPAA, R5, SERVERLESS],
  LambdaInsideVPC: [HIPAA, R4, R5, PCI],
  LambdaTracing: [SERVERLESS],
  S3BucketDefaultLockEnabled: [R4],
  S3BucketReplicationEnabled: [HIPAA, R4, R5, PCI],
  S3DefaultEncryptionKMS: [HIPAA, R5, PCI],
};

/** The ids of a rule in the packs that call it by its name. */
export function inPacks(rule: keyof typeof PACKS): string[] {
  return PACKS[rule].map(pack => `${pack}-${rule}`);
}

/** The rule that an id means, without pack and finding. */
export function bareRule(id: string): string {
  const [rule] = id.split('[');
  return rule.startsWith('ML-') ? rule : rule.split('-').slice(1).join('-');
}

/** Guards the list above: an exception of another rule is a fault of the library. */
export function mustCover(kind: AcceptedKindName, id: string): void {
  const { why, rules }: AcceptedKind = ACCEPTED[kind];
  if (!rules.includes(bareRule(id))) { throw new Error(`${id} is no rule of which the library says: ${why}`); }
}
