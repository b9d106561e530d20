import { CfnModel } from 'aws-cdk-lib/aws-sagemaker';
import { ModelArtifact } from '../../storage/model-artifact';

/** A plain gzipped tar file by its URI, which every kind of hosting takes; anything else as a data source. */
export function renderModelData(artifact: ModelArtifact | undefined): Pick<CfnModel.ContainerDefinitionProperty, 'modelDataUrl' | 'modelDataSource'> {
  if (artifact === undefined) { return {}; }
  const { _uncompressed: uncompressed, _access: access } = artifact;
  if (!uncompressed && access === undefined) { return { modelDataUrl: artifact.uri }; }
  return {
    modelDataSource: {
      s3DataSource: {
        s3Uri: artifact.uri,
        s3DataType: uncompressed ? 'S3Prefix' : 'S3Object',
        compressionType: uncompressed ? 'None' : 'Gzip',
        hubAccessConfig: access?.hubContentArn === undefined ? undefined : { hubContentArn: access.hubContentArn },
        modelAccessConfig: access?.acceptEula === undefined ? undefined : { acceptEula: access.acceptEula },
      },
    },
  };
}
