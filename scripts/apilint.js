'use strict';
// Judges the built assembly by the rules that jsii itself does not know. Run `npx projen compile` first.
const path = require('node:path');
const { apiFindings } = require('./lib/api-types');

const ROOT = path.resolve(__dirname, '..');

/** Findings that are meant to stay: `rule where`, with the reason. */
const ACCEPTED = new Map([
  ['props-optional InferenceEndpoint', 'what it serves comes by one of several properties; one of them must be there'],
  ['concrete-construct EndpointAlarmsProps.endpoint', 'which alarms there are depends on how the endpoint is hosted, which an import does not tell'],
  ['any PipelineStep.addOverride(value)', 'any JSON value, as in the method of the same name in CDK'],
  ['any ExternalStepProps.inputs', 'texts, numbers and flags side by side, for which jsii has no type'],
  ['any RawStepProps.arguments', 'any JSON object, of types of steps that the library does not know'],
  ['any SageMakerJobStepProps.jobConfig', 'any JSON object, by schemas that the service keeps'],
  ['arn-string GitSourceOptions.connectionArn', 'connections are completed in the console, and CDK imports none by its ARN'],
  ['arn-string ModelAccessOptions.hubContentArn', 'CDK has no resource for the contents of a hub'],
]);

async function main() {
  const { TypeSystem } = require('jsii-reflect');
  const system = new TypeSystem();
  const assembly = await system.load(process.argv[2] ?? ROOT, {
    validate: false,
    supportedFeatures: ['intersection-types', 'class-covariant-overrides'],
  });
  const findings = [...apiFindings(assembly, system)].filter(([rule, where]) => !ACCEPTED.has(`${rule} ${where}`));
  findings.forEach(([rule, where, message]) => console.log(`${rule}: ${where} ${message}`));
  console.log(`${[...assembly.allTypes].length} types, ${findings.length} findings`);
  process.exitCode = findings.length > 0 ? 1 : 0;
}

main().catch(error => {
  console.error(error.message);
  process.exitCode = 2;
});
