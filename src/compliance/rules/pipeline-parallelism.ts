import { stepsOf } from './pipeline-steps';
import { MlRule } from './rule';

export const pipelineParallelism: MlRule = {
  id: 'ML-SM14',
  level: 'warning',
  types: ['AWS::SageMaker::Pipeline'],
  info: 'How many jobs of a loop run at a time, and so what an execution costs in an hour, is not bounded: set ParallelismConfiguration.MaxParallelExecutionSteps.',
  control: 'own: cost',
  // Without a loop the definition itself bounds it.
  check: pipeline => pipeline.ParallelismConfiguration !== undefined || !stepsOf(pipeline).some(s => s.Type === 'ForEach'),
};
