import { asyncFailures } from './async-failures';
import { asyncOutputKey } from './async-output-key';
import { bucketGuarded } from './bucket-guarded';
import { captureKey } from './capture-key';
import { containersPrivateRegistry } from './containers-private-registry';
import { domainClosed } from './domain-closed';
import { endpointConfigKey } from './endpoint-config-key';
import { endpointRollbackAlarms } from './endpoint-rollback-alarms';
import { experimentKeys } from './experiment-keys';
import { modelImagePinned } from './model-image-pinned';
import { modelInVpc } from './model-in-vpc';
import { modelNetworkIsolation } from './model-network-isolation';
import { modelPrivateRegistry } from './model-private-registry';
import { modelSecrets } from './model-secrets';
import { monitoringIsolation } from './monitoring-isolation';
import { monitoringKeys } from './monitoring-keys';
import { monitoringTraffic } from './monitoring-traffic';
import { notebookMetadata } from './notebook-metadata';
import { notebookPlatform } from './notebook-platform';
import { notebookRoot } from './notebook-root';
import { offlineStoreKey } from './offline-store-key';
import { onlineStoreKey } from './online-store-key';
import { pipelineParallelism } from './pipeline-parallelism';
import { pipelineRole } from './pipeline-role';
import { processingJob } from './processing-job';
import { registryPolicy } from './registry-policy';
import { repositoryImmutableTags } from './repository-immutable-tags';
import { repositoryKey } from './repository-key';
import { repositoryLifecycle } from './repository-lifecycle';
import { repositoryScan } from './repository-scan';
import { roleFullAccess } from './role-full-access';
import { rolePassRole } from './role-pass-role';
import { roleTrust } from './role-trust';
import { roleWildcards } from './role-wildcards';
import { MlRule } from './rule';
import { scheduleIsolation } from './schedule-isolation';
import { scheduleTraffic } from './schedule-traffic';
import { stepsIsolation } from './steps-isolation';
import { stepsKeys } from './steps-keys';
import { stepsTraffic } from './steps-traffic';
import { tagged } from './tagged';
import { variantInstanceCount } from './variant-instance-count';
import { variantShell } from './variant-shell';

/** The pack, by what the rules are about. */
export const ML_RULES: MlRule[] = [
  modelNetworkIsolation, modelInVpc, modelPrivateRegistry, containersPrivateRegistry, modelImagePinned, modelSecrets, // models
  variantInstanceCount, endpointConfigKey, captureKey, asyncOutputKey, asyncFailures, variantShell, endpointRollbackAlarms, // endpoints
  stepsIsolation, stepsTraffic, stepsKeys, pipelineRole, pipelineParallelism, // pipelines
  monitoringIsolation, monitoringTraffic, monitoringKeys, scheduleIsolation, scheduleTraffic, experimentKeys, // monitoring
  offlineStoreKey, onlineStoreKey, processingJob, domainClosed, notebookRoot, notebookPlatform, notebookMetadata, tagged, registryPolicy, // the rest of SageMaker
  repositoryScan, repositoryImmutableTags, repositoryLifecycle, repositoryKey, bucketGuarded, // what it reads
  roleWildcards, roleTrust, rolePassRole, roleFullAccess, // who may do what
];
