import { listOf, MlRule } from './rule';

export const variantInstanceCount: MlRule = {
  id: 'ML-SM7',
  finds: 'variant',
  level: 'warning',
  types: ['AWS::SageMaker::EndpointConfig'],
  info: 'A production variant starts with one instance, so the loss of one Availability Zone stops it: start with 2 or more.',
  control: 'Security Hub SageMaker.4',
  check: config => listOf(config.ProductionVariants)
    .filter(v => v.ServerlessConfig === undefined && single(v.InitialInstanceCount) && single(v.ManagedInstanceScaling?.MinInstanceCount))
    .map(v => String(v.VariantName)),
};

/** Absent counts as one; a number that is only known at deployment passes. */
function single(count: unknown): boolean {
  return count === undefined || (typeof count === 'number' && count < 2);
}
