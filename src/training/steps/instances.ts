import { Size, Validations } from 'aws-cdk-lib';
import { StepContext } from './step-context';
import { SageMakerImage } from '../../containers/sagemaker-image';
import { Problems } from '../../core/problems';
import { gibibytes } from '../../core/units';
import { MlInstanceType } from '../../instances/ml-instance-type';
import { literalText } from '../definition/literal';

/** What jobs run on if nothing else is said. */
export const DEFAULT_INSTANCE_TYPE = 'ml.m5.xlarge';

/** A name of an instance type, or a parameter whose default is one, unless it is only known later. */
export function checkInstanceType(name: string, instanceType: string | undefined, problems: Problems): void {
  if (instanceType !== undefined) { MlInstanceType.of(literalText(instanceType) ?? instanceType)._check(name, problems); }
}

/** The image was built for the processors of the instances, as far as the names tell that are known at synth. */
export function checkRunsOn(name: string, image: SageMakerImage | undefined, instanceTypes: string[], problems: Problems): void {
  image?._checkRunsOn(name, instanceTypes.flatMap(type => literalText(type) ?? []).map(MlInstanceType.of), problems);
}

/** Of the volume of one instance, in whole GiB. */
export function checkVolumeSize(name: string, size: Size | undefined, problems: Problems): void {
  problems.integer(`${name} (GiB)`, size && gibibytes(size), 1, 16_384);
}

/** The key of the volumes; SageMaker refuses one for instances with disks of their own. */
export function volumeKey(instanceType: string, { protection: { key } }: Pick<StepContext, 'protection'>): string | undefined {
  return hasLocalDisks(instanceType) ? undefined : key?.keyArn;
}

/** Says that the key was left out. */
export function warnOfLocalDisks(stepName: string, instanceType: string, { scope, protection: { key } }: StepContext): void {
  if (key === undefined || !hasLocalDisks(instanceType)) { return; }
  Validations.of(scope).addWarning('cdk-ml-patterns:localDisks',
    `Instances of ${literalText(instanceType)}, on which step '${stepName}' runs, have disks of their own, which the key of the jobs does not encrypt.`);
}

/** As far as the name tells that is known at synth: an execution may give a parameter another value. */
function hasLocalDisks(instanceType: string): boolean {
  return MlInstanceType.of(literalText(instanceType) ?? '')._hasLocalDisks;
}
