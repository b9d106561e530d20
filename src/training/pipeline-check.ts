import { Construct } from 'constructs';
import { checkDefinition } from './definition/check-definition';
import { renderDefinition } from './definition/definition';
import { holdsVariable, shown } from './definition/literal';
import { PipelineParameter } from './definition/pipeline-parameter';
import { PipelineProblems } from './definition/pipeline-problems';
import { checkNotifications } from './events/pipeline-notifications';
import { checkGuardRails } from './guard-rails/pipeline-guard-rails';
import { checkIntermediate } from './intermediate';
import { registrations } from './pipeline-roles';
import { SageMakerPipelineProps } from './sagemaker-pipeline-props';
import { JobDefaults } from './steps/job-defaults';
import { StepContext } from './steps/step-context';
import { PipelineTrigger } from './triggers/pipeline-trigger';
import { Problems } from '../core/problems';
import { IModelArtifactBucket } from '../storage/model-artifact-bucket';

/** https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreatePipeline.html */
const NAME = /^[a-zA-Z0-9](-*[a-zA-Z0-9]){0,255}$/;
const MAX_DESCRIPTION = 3072;

/**
 * What is wrong with a pipeline, found before anything of it is made, so that whoever makes it can say it together with its own problems; returns the
 * parameters that the pipeline will have.
 */
export function checkPipeline(scope: Construct, props: SageMakerPipelineProps, problems: Problems): PipelineParameter[] {
  const context: StepContext = {
    scope,
    jobRoleArn: '',
    protection: (props.jobDefaults ?? JobDefaults.secure())._known(),
    protect: defaults => defaults._known(),
    defaultUri: () => '',
  };
  const { parameters } = renderDefinition(props, context);
  for (const prop of ['pipelineName', 'description'] as const) {
    problems.check(!holdsVariable(props[prop] ?? ''), `${prop} cannot hold a variable, which is only known while the pipeline runs, got '${shown(props[prop] ?? '')}'`);
  }
  problems.pattern('pipelineName', props.pipelineName, NAME, 'be 1 to 256 letters, digits and dashes');
  problems.range('description (characters)', props.description?.length, 0, MAX_DESCRIPTION);
  const artifacts: Partial<IModelArtifactBucket> | undefined = props.artifacts; // a language without types may give any bucket
  problems.check(artifacts === undefined || artifacts.bucket !== undefined, 'artifacts must be a ModelArtifactBucket, or ModelArtifactBucket.fromBucket(…) for any other bucket');
  problems.integer('maxParallelSteps', props.maxParallelSteps, 1, Number.MAX_SAFE_INTEGER);
  props.definition?._check(problems);
  props.experiment?._check(problems);
  props.mlflow?._check(problems);
  props.jobDefaults?._check('jobDefaults', problems);
  checkGuardRails(props.guardRails, problems);
  const steps = props.steps.flatMap(s => s._all());
  checkNotifications(scope, props.notifications, registrations(steps).map(s => s._registry), problems);
  checkIntermediate(props, steps, context, problems);
  PipelineTrigger._checkAll(props.triggers ?? [], { scope, parameters, steps }, problems);
  checkDefinition(props.steps, parameters, {
    ...context,
    defaultUri: step => {
      problems.check(props.artifacts !== undefined, `step '${step}' must name where it writes (destination), since the pipeline has no artifacts bucket`);
      return '';
    },
  }, problems);
  return parameters;
}

/** What is wrong with the steps at synth that was not when the pipeline was made: an override or a dependency came since. */
export function lateProblems(scope: Construct, props: SageMakerPipelineProps, context: StepContext): string[] {
  const problems = new PipelineProblems();
  checkDefinition(props.steps, renderDefinition(props, context).parameters, context, problems);
  try {
    problems.throwIfAny(scope);
    return [];
  } catch (error) {
    return [(error as Error).message];
  }
}
