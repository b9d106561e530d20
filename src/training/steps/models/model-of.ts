import { ModelStep } from './model-step';
import { textParts } from '../../definition/render';

/** The step that makes the model of this name, if a step does. */
export function modelStepOf(modelName: string): ModelStep | undefined {
  const [first, ...more] = textParts(modelName);
  return typeof first === 'object' && more.length === 0 && first._step instanceof ModelStep ? first._step : undefined;
}
