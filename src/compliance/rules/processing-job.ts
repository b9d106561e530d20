import { isSeveral, isTrue, listOf, MlRule } from './rule';
import { hasLocalDisks } from '../../instances/local-disks';

export const processingJob: MlRule = {
  id: 'ML-SM23',
  finds: 'property',
  level: 'error',
  types: ['AWS::SageMaker::ProcessingJob'],
  info: 'A processing job is not shut off or not encrypted: set in NetworkConfig EnableNetworkIsolation and EnableInterContainerTrafficEncryption, VolumeKmsKeyId of the cluster, KmsKeyId of the output.',
  control: 'own: what Security Hub SageMaker.9 and .11 ask of monitoring jobs',
  check: job => {
    const { InstanceType, InstanceCount, VolumeKmsKeyId } = job.ProcessingResources?.ClusterConfig ?? {};
    const network = job.NetworkConfig ?? {};
    return [
      ...isTrue(network.EnableNetworkIsolation) ? [] : ['EnableNetworkIsolation'],
      ...isTrue(network.EnableInterContainerTrafficEncryption) || !isSeveral(InstanceCount) ? [] : ['EnableInterContainerTrafficEncryption'],
      ...VolumeKmsKeyId !== undefined || hasLocalDisks(InstanceType) ? [] : ['VolumeKmsKeyId'],
      ...job.ProcessingOutputConfig?.KmsKeyId !== undefined || listOf(job.ProcessingOutputConfig?.Outputs).length === 0 ? [] : ['KmsKeyId'],
    ];
  },
};
