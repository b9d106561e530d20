import { IRepository } from 'aws-cdk-lib/aws-ecr';
import { IRuleTarget, Rule } from 'aws-cdk-lib/aws-events';
import { Construct } from 'constructs';

/** Severities of findings, the worst first. https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_ImageScanFinding.html */
const SEVERITIES = ['CRITICAL', 'HIGH', 'MEDIUM', 'LOW', 'INFORMATIONAL', 'UNDEFINED'];

/**
 * How bad a vulnerability is.
 */
export enum FindingSeverity {
  /** Critical only. */
  CRITICAL = 'CRITICAL',
  /** High and worse. */
  HIGH = 'HIGH',
  /** Medium and worse. */
  MEDIUM = 'MEDIUM',
  /** Low and worse. */
  LOW = 'LOW',
}

/**
 * Which pushed images start something.
 */
export interface ImagePushedOptions {
  /**
   * What is started, for example a pipeline of SageMaker or a topic.
   *
   * @default - nothing yet: `addTarget` of the rule adds it
   */
  readonly target?: IRuleTarget;

  /**
   * How the tags of the images begin.
   *
   * @default - any tag, and none
   */
  readonly tagPrefix?: string;
}

/**
 * Which scans start something.
 */
export interface ScanFindingsOptions {
  /**
   * What is started, for example a topic.
   *
   * @default - nothing yet: `addTarget` of the rule adds it
   */
  readonly target?: IRuleTarget;

  /**
   * How bad the worst finding must be at least.
   *
   * @default FindingSeverity.CRITICAL
   */
  readonly severity?: FindingSeverity;
}

/** Images that were pushed, by whomever. https://docs.aws.amazon.com/AmazonECR/latest/userguide/ecr-eventbridge.html */
export function pushedRule(scope: Construct, id: string, repository: IRepository, { target, tagPrefix }: ImagePushedOptions): Rule {
  return new Rule(scope, id, {
    description: 'Images that were pushed',
    eventPattern: {
      source: ['aws.ecr'],
      detailType: ['ECR Image Action'],
      detail: {
        'repository-name': [repository.repositoryName],
        'action-type': ['PUSH'],
        'result': ['SUCCESS'],
        ...tagPrefix !== undefined && { 'image-tag': [{ prefix: tagPrefix }] },
      },
    },
    targets: target && [target],
  });
}

/** Scans on push that found something. */
export function findingsRule(scope: Construct, id: string, repository: IRepository, { target, severity }: ScanFindingsOptions): Rule {
  return new Rule(scope, id, {
    description: `Scans of images that found something ${severity ?? FindingSeverity.CRITICAL}`,
    eventPattern: { source: ['aws.ecr'], detailType: ['ECR Image Scan'], detail: findingsDetail(repository, severity) },
    targets: target && [target],
  });
}

/** A severity without findings has no key. https://docs.aws.amazon.com/AmazonECR/latest/userguide/ecr-eventbridge.html */
export function findingsDetail(repository: IRepository, severity: FindingSeverity = FindingSeverity.CRITICAL): Record<string, unknown> {
  const found = SEVERITIES.slice(0, SEVERITIES.indexOf(severity) + 1).map(name => ({ 'finding-severity-counts': { [name]: [{ numeric: ['>', 0] }] } }));
  const any = found.length === 1 ? found[0] : { $or: found };
  return { 'repository-name': [repository.repositoryName], 'scan-status': ['COMPLETE'], ...any };
}
