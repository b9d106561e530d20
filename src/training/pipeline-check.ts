import { Construct } from 'constructs';
import { checkDefinition } from './definition/check-definition';
import { SageMakerPipelineProps } from './sagemaker-pipeline-props';
import { JobDefaults } from './steps/job-defaults';
import { PipelineTrigger } from './triggers/pipeline-trigger';
import { Problems } from '../core/problems';
import { IModelArtifactBucket } from '../storage/model-artifact-bucket';

/** https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreatePipeline.html */
const NAME = /^[a-zA-Z0-9](-*[a-zA-Z0-9]){0,255}$/;
const MAX_DESCRIPTION = 3072;

/** What is wrong with a pipeline, found before anything of it is made, so that whoever makes it can say it together with its own problems. */
export function checkPipeline(scope: Construct, props: SageMakerPipelineProps, problems: Problems): void {
  problems.pattern('pipelineName', props.pipelineName, NAME, 'be 1 to 256 letters, digits and dashes');
  problems.range('description (characters)', props.description?.length, 0, MAX_DESCRIPTION);
  const artifacts: Partial<IModelArtifactBucket> | undefined = props.artifacts; // a language without types may give any bucket
  problems.check(artifacts === undefined || artifacts.bucket !== undefined, 'artifacts must be a ModelArtifactBucket, or ModelArtifactBucket.fromBucket(…) for any other bucket');
  problems.integer('maxParallelSteps', props.maxParallelSteps, 1, Number.MAX_SAFE_INTEGER);
  props.experiment?._check(problems);
  props.mlflow?._check(problems);
  props.jobDefaults?._check('jobDefaults', problems);
  PipelineTrigger._checkAll(props.triggers ?? [], {}, problems);
  checkDefinition(props, {
    scope,
    jobRoleArn: '',
    protection: (props.jobDefaults ?? JobDefaults.secure())._known(),
    protect: defaults => defaults._known(),
    defaultUri: step => {
      problems.check(props.artifacts !== undefined, `step '${step}' must name where it writes (destination), since the pipeline has no artifacts bucket`);
      return '';
    },
  }, problems);
}
