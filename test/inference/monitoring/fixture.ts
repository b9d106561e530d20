import { StackProps } from 'aws-cdk-lib';
import {
  ArtifactPrefix, CaptureMode, DataCapture, Hosting, InferenceEndpoint, InferenceModel, ModelArtifactBucket, ModelMonitorOptions, MonitorKind,
  ProblemType, SageMakerImage,
} from '../../../src';
import { onlyResource, stackFixture } from '../../helper';

export const MODEL = InferenceModel.fromContainer({ image: SageMakerImage.fromUri('111122223333.dkr.ecr.eu-west-1.amazonaws.com/churn:1.4.2') });

export const IRELAND = { env: { region: 'eu-west-1', account: '111122223333' } };

/** A stack with a bucket and an endpoint that captures into it. */
export function capturing(props: { stack?: StackProps; modes?: CaptureMode[]; percent?: number } = {}) {
  const { stack: stackProps, ...options } = props;
  const fixture = stackFixture({ stack: stackProps });
  const artifacts = new ModelArtifactBucket(fixture.stack, 'Artifacts');
  const dataCapture = DataCapture.to(artifacts.at(ArtifactPrefix.CAPTURE), options);
  const endpoint = new InferenceEndpoint(fixture.stack, 'Endpoint', { hosting: Hosting.realTime({ model: MODEL, dataCapture }) });
  return { ...fixture, artifacts, endpoint, kinds: kindsOf(artifacts), baseline: artifacts.at(ArtifactPrefix.BASELINES) };
}

/** Each kind with no more than it needs. */
export function kindsOf(artifacts: ModelArtifactBucket) {
  const groundTruth = artifacts.at(ArtifactPrefix.of('labels/'));
  const analysisConfig = artifacts.at(ArtifactPrefix.BASELINES).file('analysis_config.json');
  return {
    DataQuality: MonitorKind.dataQuality({}),
    ModelQuality: MonitorKind.modelQuality({ groundTruth, problemType: ProblemType.REGRESSION }),
    ModelBias: MonitorKind.modelBias({ groundTruth, analysisConfig }),
    ModelExplainability: MonitorKind.modelExplainability({ analysisConfig }),
  };
}

export type Kind = keyof ReturnType<typeof kindsOf>;
export const KINDS: Kind[] = ['DataQuality', 'ModelQuality', 'ModelBias', 'ModelExplainability'];

/** An endpoint with a monitor of one kind. */
export function monitored(kind: Kind | MonitorKind, options: Omit<ModelMonitorOptions, 'kind'> = {}, stack?: StackProps) {
  const fixture = capturing({ stack });
  const monitor = fixture.endpoint.addMonitor('Drift', { kind: typeof kind === 'string' ? fixture.kinds[kind] : kind, ...options });
  const definition = (type: Kind) => onlyResource(fixture.template(), `AWS::SageMaker::${type}JobDefinition`);
  const schedule = () => onlyResource(fixture.template(), 'AWS::SageMaker::MonitoringSchedule');
  return { ...fixture, monitor, definition, schedule };
}
