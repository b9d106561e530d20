import { Limit } from './scaling-plan';
import { Problems } from '../../core/problems';
import { MlInstanceType } from '../../instances/ml-instance-type';

/** https://docs.aws.amazon.com/sagemaker/latest/dg/endpoint-auto-scaling-add-console.html */
const BURSTABLE = /^ml\.t2\./;

/** What the kind of hosting knows of the instances. */
export interface InstanceFacts {
  readonly instanceTypes: MlInstanceType[];
  /** Instances to start with; left out if the program leaves it to the scaling. */
  readonly initial?: Limit;
}

/** What the kind of hosting knows of a serverless variant. */
export interface ConcurrencyFacts {
  readonly maxConcurrency: number;
  /** Provisioned concurrency to start with; left out if the program leaves it to the scaling. */
  readonly initial?: Limit;
}

/** What the kind of hosting knows of a component. */
export interface CopyFacts {
  /** Copies to start with; left out if the program leaves it to the scaling. */
  readonly initial?: Limit;
}

/** SageMaker does not register variants of burstable instances. */
export function checkBurstable(name: string, problems: Problems, { instanceTypes }: InstanceFacts): void {
  for (const { instanceTypeName } of instanceTypes.filter(t => BURSTABLE.test(t.instanceTypeName))) {
    problems.check(false, `${name} must not be given for ${instanceTypeName}, which cannot be scaled: take another instance type, as ml.m5.large`);
  }
}
