import { listOf, MlRule } from './rule';

export const tagged: MlRule = {
  id: 'ML-SM28',
  level: 'warning',
  types: ['AWS::SageMaker::AppImageConfig', 'AWS::SageMaker::Image'],
  info: 'Nobody can tell whose resource this is: give it at least one tag.',
  control: 'Security Hub SageMaker.6, .7',
  check: resource => listOf(resource.Tags).length > 0,
};
