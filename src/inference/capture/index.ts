export * from './clarify-explainer';
export * from './clarify-explainer-options';
export * from './clarify-inference-options';
export * from './shap-baseline';
