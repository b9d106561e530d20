import { pipelineOf } from './steps/pipeline-of';
import { FailStep, PipelineExecution, PipelineExperiment, PipelineParameter } from '../../src';

const steps = () => [new FailStep('Stop', { message: 'x' })];

/** ARNs of experiments and trials in the policy of the pipeline's role, below the account. */
function allowed(experiment?: PipelineExperiment): { experiments: string[]; trials: string[] } {
  const { statements } = pipelineOf(steps, { pipelineName: 'Churn', experiment });
  const resources = (action: string): string[] => statements().filter(s => [s.Action].flat().includes(action)).flatMap(s => s.Resource)
    .map(r => typeof r === 'string' ? r : r['Fn::Join'][1].map((p: any) => typeof p === 'string' ? p : '${Token}').join(''))
    .map(r => r.replace(/^.*:111122223333:/, ''));
  return { experiments: resources('sagemaker:CreateExperiment'), trials: resources('sagemaker:CreateTrial') };
}

const trialsOf = (...experiments: string[]) => ({ experiments, trials: [...experiments, 'experiment-trial/*', 'experiment-trial-component/*'] });
const text = (name: string, more = {}) => PipelineParameter.text(name, more).asString();

test.each<[string, PipelineExperiment | undefined, string[]]>([
  ['none said', undefined, ['experiment/churn']],
  ['a name', PipelineExperiment.named('Shared-Exp'), ['experiment/shared-exp']],
  ['a name and a trial', PipelineExperiment.trial('Shared-Exp', 'One'), ['experiment/shared-exp']],
  ['the name of the pipeline', PipelineExperiment.named(PipelineExecution.PIPELINE_NAME.asString()), ['experiment/churn']],
  ['a parameter, of which an execution may give another', PipelineExperiment.named(text('Exp', { defaultValue: 'Shared' })), ['experiment/*']],
  ['a parameter with allowed values', PipelineExperiment.named(text('Exp', { defaultValue: 'Aa', allowedValues: ['Aa', 'b'] })), ['experiment/aa', 'experiment/b']],
  ['a beginning that is known', PipelineExperiment.named(`Team-${text('Exp')}`), ['experiment/team-*']],
])('the experiment that the pipeline may make: %s', (_, experiment, experiments) => {
  expect(allowed(experiment)).toEqual(trialsOf(...experiments));
});

test('a pipeline without an experiment may make none', () => {
  const { statements } = pipelineOf(steps, { experiment: PipelineExperiment.none() });
  expect(JSON.stringify(statements())).not.toMatch(/xperiment|Trial/);
});
