import { isTrue, listOf, MlRule } from './rule';

export const variantShell: MlRule = {
  id: 'ML-SM11',
  finds: 'variant',
  level: 'error',
  types: ['AWS::SageMaker::EndpointConfig'],
  info: 'Whoever may start sessions of Systems Manager can enter the containers, and sees requests and model: leave EnableSSMAccess out.',
  control: 'own: access to production',
  check: config => [...listOf(config.ProductionVariants), ...listOf(config.ShadowProductionVariants)]
    .filter(v => isTrue(v.EnableSSMAccess)).map(v => String(v.VariantName)),
};
