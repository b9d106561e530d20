import { Hosting, InferenceEndpoint, InferenceEndpointProps, InferenceModel, ModelArtifactBucket, SageMakerImage } from '../../src';
import { onlyResource, stackFixture } from '../helper';

/** A model without an artifact, whose image is in another account. */
export const MODEL = InferenceModel.fromContainer({ image: SageMakerImage.fromUri('111122223333.dkr.ecr.eu-west-1.amazonaws.com/churn:1.4.2') });

/** An endpoint of some kind beside an artifact bucket, in a stack of its own. */
export function hosted(hosting: Hosting | ((artifacts: ModelArtifactBucket) => Hosting), props: Omit<InferenceEndpointProps, 'hosting' | 'model'> = {}) {
  const fixture = stackFixture();
  const artifacts = new ModelArtifactBucket(fixture.stack, 'Artifacts');
  const endpoint = new InferenceEndpoint(fixture.stack, 'Endpoint', { ...props, hosting: hosting instanceof Hosting ? hosting : hosting(artifacts) });
  const properties = (type: string) => onlyResource(fixture.template(), type).Properties;
  return { ...fixture, artifacts, endpoint, properties, config: () => properties('AWS::SageMaker::EndpointConfig') };
}

/** The problems of an endpoint, without the line above them. */
export function problemsOf(hosting: Hosting, props: Omit<InferenceEndpointProps, 'hosting' | 'model'> = {}): string[] {
  try {
    new InferenceEndpoint(stackFixture().stack, 'Endpoint', { ...props, hosting });
  } catch (e) {
    return (e as Error).message.split('\n').slice(1).map(line => line.replace(/^ {2}- /, ''));
  }
  return [];
}

