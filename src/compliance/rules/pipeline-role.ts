import { jobsOf } from './pipeline-steps';
import { MlRule } from './rule';
import { flatten } from '../rule-ids';

export const pipelineRole: MlRule = {
  id: 'ML-SM33',
  finds: 'step',
  level: 'warning',
  types: ['AWS::SageMaker::Pipeline'],
  info: 'Containers may do all that the pipeline may do, start and delete jobs among it: give the jobs of its steps a RoleArn of their own.',
  control: 'own: least privilege',
  check: pipeline => jobsOf(pipeline).filter(s => s.roleArn !== undefined && s.roleArn === flatten(pipeline.RoleArn)).map(s => s.stepName),
};
