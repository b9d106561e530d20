/** Types of CloudFormation for what a monitoring job does. */
export const DEFINITION_TYPES = ['DataQuality', 'ModelQuality', 'ModelBias', 'ModelExplainability'].map(kind => `AWS::SageMaker::${kind}JobDefinition`);

/** The key of what a monitoring job writes, whatever the kind of monitoring. */
export function reportKey(definition: any): unknown {
  return Object.entries<any>(definition).find(([name]) => name.endsWith('JobOutputConfig'))?.[1]?.KmsKeyId;
}
