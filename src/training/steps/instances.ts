import { Size } from 'aws-cdk-lib';
import { StepContext } from './step-context';
import { warnLate } from '../../compliance/late-warning';
import { SageMakerImage } from '../../containers/sagemaker-image';
import { Problems } from '../../core/problems';
import { gibibytes } from '../../core/units';
import { MlInstanceType } from '../../instances/ml-instance-type';
import { literalText, possibleTexts } from '../definition/literal';

/** What jobs run on if nothing else is said. */
export const DEFAULT_INSTANCE_TYPE = 'ml.m5.xlarge';

/** A name of an instance type, or a parameter whose default and allowed values are such, unless it is only known later. */
export function checkInstanceType(name: string, instanceType: string | undefined, problems: Problems): void {
  if (instanceType === undefined) { return; }
  const known = possibleTexts(name, instanceType);
  if (known.length === 0) { MlInstanceType.of(instanceType)._check(name, problems); } // it may hold the remains of a token
  known.forEach(type => MlInstanceType.of(type.value)._check(type.name, problems));
}

/** The image was built for the processors of the instances, as far as the names tell that are known at synth. */
export function checkRunsOn(name: string, image: SageMakerImage | undefined, instanceTypes: string[], problems: Problems): void {
  const known = instanceTypes.flatMap(type => possibleTexts(name, type)).map(type => type.value);
  image?._checkRunsOn(name, [...new Set(known)].map(MlInstanceType.of), problems);
}

/** Of the volume of one instance, in whole GiB. */
export function checkVolumeSize(name: string, size: Size | undefined, problems: Problems): void {
  problems.integer(`${name} (GiB)`, size && gibibytes(size), 1, 16_384);
}

/** The key of the volumes; SageMaker refuses one for instances with disks of their own. */
export function volumeKey(instanceType: string, { protection: { key } }: Pick<StepContext, 'protection'>): string | undefined {
  return hasLocalDisks(instanceType) ? undefined : key?.keyArn;
}

/** The types with disks of their own for which the key of the volumes is left out. */
export function unkeyedTypes(instanceType: string): string[] {
  return hasLocalDisks(instanceType) ? knownTypes(instanceType).filter(hasDisks) : [];
}

/** Says that the key was left out, or that it is not and some executions will fail. */
export function warnOfLocalDisks(stepName: string, instanceType: string, { scope, protection: { key } }: StepContext): void {
  const withDisks = knownTypes(instanceType).filter(hasDisks);
  if (key === undefined || withDisks.length === 0) { return; }
  if (hasLocalDisks(instanceType)) {
    warnLate(scope, 'cdk-ml-patterns:localDisks',
      `Instances of ${withDisks.join(', ')}, on which step '${stepName}' runs, have disks of their own, which the key of the jobs does not encrypt.`);
    return;
  }
  warnLate(scope, 'cdk-ml-patterns:localDisksAllowed',
    `Step '${stepName}' encrypts its volumes with the key of the jobs, which SageMaker refuses for instances with disks of their own: executions that choose ${withDisks.join(', ')} fail.`);
}

/** What the instances are unless an execution says otherwise; all that it may say, where it must say something. */
function hasLocalDisks(instanceType: string): boolean {
  const value = literalText(instanceType);
  const types = value === undefined ? knownTypes(instanceType) : [value];
  return types.length > 0 && types.every(hasDisks);
}

function knownTypes(instanceType: string): string[] {
  return possibleTexts('', instanceType).map(type => type.value);
}

function hasDisks(instanceType: string): boolean {
  return MlInstanceType.of(instanceType)._hasLocalDisks;
}
