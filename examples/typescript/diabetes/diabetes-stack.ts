import { Duration, Stack, StackProps } from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  ArtifactPrefix, ContainerSource, CustomContainerRepo, InferenceEndpoint, InferenceModel, MlTrainingPipeline, ModelArtifact,
  ModelArtifactBucket, ModelRegistry, PipelineTrigger, ReportMetric,
} from 'cdk-ml-patterns';
import { Construct } from 'constructs';

/** One deployment from an empty account to an answer: images are built and the first model is uploaded before the endpoint is made. */
export class DiabetesStack extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);
    const artifacts = new ModelArtifactBucket(this, 'Artifacts', {
      intermediateExpiration: Duration.days(14),
      lifecycle: [
        { prefix: ArtifactPrefix.DATASETS, oldVersionsTierAfter: Duration.days(30), oldVersionsExpireAfter: Duration.days(365) },
        { prefix: ArtifactPrefix.PIPELINES, tierAfter: Duration.days(90) },
      ],
    });
    const images = new CustomContainerRepo(this, 'Images', { expiry: [{ tagPattern: 'dev-*', maxImages: 10 }] });

    // The container kit with code/model.py, and a directory with a Dockerfile.
    const image = images.addImage('Kit', ContainerSource.fromTemplate('code'));
    const split = images.addImage('Split', ContainerSource.fromDirectory('split'));

    // Served from the first deployment on.
    const first = ModelArtifact.fromAsset(this, 'FirstModel', 'first-model');
    const endpoint = new InferenceEndpoint(this, 'Endpoint', { model: InferenceModel.fromContainer({ image, artifact: first }) });
    endpoint.grants.invoke(new Role(this, 'Caller', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') }));

    // The same image trains and evaluates whenever there is new data.
    new MlTrainingPipeline(this, 'Pipeline', {
      artifacts,
      data: artifacts.dataset('diabetes'),
      processing: { image: split, outputs: ['train', 'test'] },
      training: { image, channels: ['train'] },
      evaluation: { image, report: 'evaluation.json' },
      acceptance: ReportMetric.at('regression_metrics.r2.value').atLeast(0.4),
      registration: { registry: new ModelRegistry(this, 'Models'), image, contentTypes: ['text/csv'], instanceTypes: ['ml.m5.large'] },
      triggers: [PipelineTrigger.onNewData()],
    });
  }
}
