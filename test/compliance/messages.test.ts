import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Topic } from 'aws-cdk-lib/aws-sns';
import {
  EndpointAlarmsOptions, Hosting, InferenceEndpoint, InferenceEndpointProps, InferenceModel, JobDefaults, ModelArtifactBucket, ProcessingOutput,
  ProcessingStep, RealTimeHostingOptions, SageMakerImage, SageMakerPipeline,
} from '../../src';
import { findingLines, waysOut } from '../../src/compliance/messages';
import { errorOf, stackFixture } from '../helper';

const finding = (rule: string, path = 'Stack/Pipeline') => ({ rule, path, info: 'Bad.', level: 'error' as const });

test('what one rule finds in one resource stands in one line', () => {
  expect(findingLines([finding('ML-SM13[A]'), finding('ML-SM13[B]'), finding('ML-SM13[A]', 'Stack/Other')])).toEqual([
    "  - ML-SM13[A], ML-SM13[B] at 'Stack/Pipeline': Bad.",
    "  - ML-SM13[A] at 'Stack/Other': Bad.",
  ]);
});

test.each([
  ['', "compliance: { exceptions: [{ rule: 'ML-SM1', reason: '...' }] }", 'compliance: { enforcement: ComplianceEnforcement.REPORT }'],
  ['Python/3.11.2', 'compliance=ComplianceOptions(exceptions=[ComplianceException(rule="ML-SM1", reason="...")])', 'compliance=ComplianceOptions(enforcement=ComplianceEnforcement.REPORT)'],
  ['Java/17.0.9', '.compliance(ComplianceOptions.builder().exceptions(List.of(ComplianceException.builder().rule("ML-SM1").reason("...").build())).build())', '.compliance(ComplianceOptions.builder().enforcement(ComplianceEnforcement.REPORT).build())'],
  ['go1.25.0/linux/amd64', 'Compliance: &ComplianceOptions{Exceptions: &[]*ComplianceException{{Rule: jsii.String("ML-SM1"), Reason: jsii.String("...")}}}', 'Compliance: &ComplianceOptions{Enforcement: ComplianceEnforcement_REPORT}'],
  ['DotNet/8.0/.NETCoreApp', 'Compliance = new ComplianceOptions { Exceptions = new[] { new ComplianceException { Rule = "ML-SM1", Reason = "..." } } }', 'Compliance = new ComplianceOptions { Enforcement = ComplianceEnforcement.REPORT }'],
])('the ways out are written as in the program of %p', (agent, accept, report) => {
  expect(waysOut('ModelRegistry', [finding('ML-SM1')], agent).slice(0, 2)).toEqual([`  To accept with a reason: ${accept}`, `  To only report: ${report}`]);
});

test.each([
  ['', 'To mend CloudWatchAlarmAction: give the alarms a topic, topic of addAlarms'],
  ['Python/3.11.2', 'To mend CloudWatchAlarmAction: give the alarms a topic, topic of add_alarms'],
  ['Java/17.0.9', 'To mend CloudWatchAlarmAction: give the alarms a topic, topic of addAlarms'],
  ['go1.25.0/linux/amd64', 'To mend CloudWatchAlarmAction: give the alarms a topic, Topic of AddAlarms'],
])('a finding that the library itself can mend is told so, with the names of %p', (agent, text) => {
  const found = ['HIPAA.Security', 'NIST.800.53.R5'].map(pack => finding(`${pack}-CloudWatchAlarmAction`));
  expect(waysOut('EndpointAlarms', found, agent)[0]).toBe(`  ${text}`);
  expect(waysOut('CustomContainerRepo', found, agent)[0]).toContain('To accept');
});

const image = SageMakerImage.fromUri('111122223333.dkr.ecr.eu-west-1.amazonaws.com/churn:1');
const context = { 'cdk-ml-patterns:complianceLevel': 'warning' };
const HIPAA = { ...context, 'cdk-ml-patterns:compliancePacks': 'HIPAA.Security' };

type Alarms = (stack: Stack) => EndpointAlarmsOptions;

/** An endpoint with whatever is weak. */
function endpoint(props: Partial<InferenceEndpointProps>, instances: Partial<RealTimeHostingOptions> = {}, alarms?: Alarms) {
  return (stack: Stack) => {
    const hosting = Hosting.realTime({ model: InferenceModel.fromContainer({ image }), ...instances });
    const made = new InferenceEndpoint(stack, 'Endpoint', { hosting, ...props });
    if (alarms !== undefined) { made.addAlarms(alarms(stack)); }
  };
}

test.each<[string, (stack: Stack) => void, (stack: Stack) => void, object]>([
  ['ML-SM1, ML-SM2', endpoint({ networkIsolation: false }), endpoint({}), context],
  ['ML-SM7', endpoint({}, { instanceCount: 1 }), endpoint({}, { instanceCount: 2 }), context],
  ['ML-SM11', endpoint({}, { ssmAccess: true }), endpoint({}), {}],
  ['CloudWatchAlarmAction', endpoint({}, {}, () => ({})), endpoint({}, {}, stack => ({ topic: new Topic(stack, 'Topic') })), HIPAA],
])('what is said to mend %s does so', (rules, weak, mended, given) => {
  const synth = (build: (stack: Stack) => void) => {
    const { stack } = stackFixture({ context: { ...given } });
    build(stack);
    return Template.fromStack(stack);
  };
  const error = errorOf(() => synth(weak));
  rules.split(', ').forEach(rule => expect(error).toMatch(new RegExp(`To mend (.*, )?${rule}[:,]`)));
  expect(() => synth(mended)).not.toThrow();
});

test('where several rules find something, each needs its exception', () => {
  expect(waysOut('ModelRegistry', [finding('ML-SM1'), finding('ML-SM2')])[0]).toContain('To accept with a reason, an exception for each: ');
});

test('a weak pipeline is told plainly: steps by name, what mends them, and how they are accepted', () => {
  const { stack } = stackFixture();
  const steps = ['Prepare', 'Fit'].map(name => new ProcessingStep(name, { image, outputs: [ProcessingOutput.of('out')], instanceCount: 2 }));
  new SageMakerPipeline(stack, 'Pipeline', { artifacts: new ModelArtifactBucket(stack, 'Artifacts'), steps, jobDefaults: JobDefaults.none() });
  expect(errorOf(() => Template.fromStack(stack)).split('\n').slice(1)).toEqual([
    "  [Stack/Pipeline] SageMakerPipeline at 'Stack/Pipeline' has 6 compliance findings:",
    "  - ML-SM13[Prepare], ML-SM13[Fit] at 'Stack/Pipeline/Resource': The container of a step can reach the network: set EnableNetworkIsolation to true in its arguments, as JobDefaults.secure() does.",
    "  - ML-SM31[Prepare], ML-SM31[Fit] at 'Stack/Pipeline/Resource': The instances of a step talk to each other in clear: set EnableInterContainerTrafficEncryption to true in its arguments, as JobDefaults.secure() does.",
    "  - ML-SM32[Prepare], ML-SM32[Fit] at 'Stack/Pipeline/Resource': A step keeps its volumes or what it writes without a key of the account: set VolumeKmsKeyId, and KmsKeyId of its output, in its arguments, as JobDefaults.secure() does.",
    '  To mend ML-SM13, ML-SM31, ML-SM32: leave out jobDefaults, of pipeline and step: JobDefaults.secure() is the default',
    "  To accept with a reason, an exception for each: compliance: { exceptions: [{ rule: 'ML-SM13[Prepare]', reason: '...' }] }",
    '  To only report: compliance: { enforcement: ComplianceEnforcement.REPORT }',
    '  More: https://github.com/cdk-ml-patterns/cdk-ml-patterns/blob/main/docs/compliance.md#exceptions',
  ]);
});
