import { App, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { handwritten, scratch, synthesised } from './helper';
import { ComplianceEnforcement, ModelArtifactBucket } from '../../src';
import { pageOf, reportOf, summaryText } from '../../src/report';

const HOSTILE = '"\'><script>alert(1)</script><img src=x onerror=alert(2)>&lt;b&gt;';

test('what comes from templates is text, never markup', async () => {
  const statement = { Sid: HOSTILE, Effect: 'Allow', Principal: { AWS: HOSTILE }, Action: HOSTILE, Resource: HOSTILE, Condition: { StringEquals: { [HOSTILE]: HOSTILE } } };
  const definition = {
    Parameters: [{ Name: HOSTILE, Type: HOSTILE, DefaultValue: HOSTILE }],
    Steps: [{ Name: HOSTILE, Type: HOSTILE, Arguments: { InstanceType: HOSTILE } }],
  };
  const page = await pageOf(handwritten({
    Stack: {
      Resources: {
        [HOSTILE]: { Type: 'AWS::IAM::Role', Properties: { Description: HOSTILE, AssumeRolePolicyDocument: { Statement: [statement] }, PermissionsBoundary: HOSTILE } },
        Bucket: { Type: HOSTILE, Properties: { Policy: { Statement: [statement] }, Ref: { Ref: HOSTILE } } },
        Pipeline: { Type: 'AWS::SageMaker::Pipeline', Properties: { PipelineName: HOSTILE, PipelineDefinition: { PipelineDefinitionBody: JSON.stringify(definition) } } },
      },
    },
  }, {
    displayName: HOSTILE,
    metadata: {
      [`/${HOSTILE}`]: [
        { type: 'cdk-ml-patterns:compliance', data: { enforcement: 'report', packs: [{ pack: HOSTILE, findings: [{ rule: HOSTILE, info: HOSTILE, reason: HOSTILE, path: HOSTILE }, { rule: HOSTILE }] }] } },
        { type: 'aws:cdk:warning', data: HOSTILE },
      ],
    },
  }));
  expect(page).toContain('&lt;script&gt;');
  expect(page).not.toMatch(/<script|<img|&amp;amp;/i);
  // Outside quoted values no tag holds anything hostile, so no quotation mark of a template ends an attribute.
  const tags = [...page.matchAll(/<[a-zA-Z][^>]*>/g)].map(m => m[0].replace(/"[^"]*"/g, ''));
  expect(tags.filter(t => /alert|onerror|['"]/.test(t))).toEqual([]);
});

test('a hostile construct id, description and reason of a real app', async () => {
  const report = synthesised(app => {
    const stack = new Stack(app, 'Stack');
    new iam.Role(stack, '<b>bold</b>'.replace('/', '|'), { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com'), description: '<i>slanted</i>' });
    const reason = 'because <u>underlined</u> is fine';
    new ModelArtifactBucket(stack, 'Artifacts', { compliance: { enforcement: ComplianceEnforcement.REPORT, exceptions: [{ rule: 'AwsSolutions-S1', reason }] } });
  });
  const page = await pageOf(report);
  expect(page).toContain('&lt;b&gt;bold&lt;|b&gt;');
  expect(page).toContain('&lt;i&gt;slanted&lt;/i&gt;');
  expect(page).not.toMatch(/<b>bold|<i>|<u>/);
});

test('the same assembly gives the same bytes, without its place or the time', async () => {
  const app = new App({ outdir: scratch() });
  new ModelArtifactBucket(new Stack(app, 'Stack'), 'Artifacts');
  const { directory } = app.synth();
  const page = await pageOf(reportOf(directory));
  expect(await pageOf(reportOf(directory))).toBe(page);
  expect(page).not.toContain(directory);
  expect(page).not.toContain(process.cwd());
  expect(page).not.toMatch(/20\d\d-\d\d-\d\dT/);
});

test('the page needs nothing but itself', async () => {
  const page = await pageOf(synthesised(app => { new s3.Bucket(new Stack(app, 'Stack'), 'Bucket'); }));
  expect(page).not.toMatch(/<(script|link|iframe|img)|@import|url\(|\ssrc=/);
  expect([...page.matchAll(/href="([^"]*)"/g)].map(m => m[1]).filter(h => !h.startsWith('#'))).toEqual([]);
  const targets = [...page.matchAll(/href="#([^"]*)"/g)].map(m => m[1]);
  expect(targets.filter(id => !page.includes(`id="${id}"`))).toEqual([]);
});

test('the drawing has a text alternative', async () => {
  const page = await pageOf(synthesised(app => { new s3.Bucket(new Stack(app, 'Stack'), 'Bucket'); }));
  expect(page).toMatch(/<svg role="img" aria-label="Architecture: 1 node/);
  expect(page).toContain('<strong>Bucket</strong> (S3 bucket, Stack)');
});

test('an app without resources is a page too', async () => {
  const report = synthesised(app => { new Stack(app, 'Empty'); });
  expect(await pageOf(report)).toContain('There are no resources.');
  expect(summaryText(report)).toContain('no checks ran');
});
