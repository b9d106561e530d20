import { CfnResource, Stack, Validations } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { accept, excuse, showReasons } from '../../src/compliance/excuses';
import { stackFixture } from '../helper';
import { sample } from '../sample';

const REASON = 'It is a test of what cdk-nag 2 sees.';

function queueIn(stack: Stack): CfnResource {
  return new CfnResource(stack, 'Queue', { type: 'AWS::SQS::Queue' });
}

/** What cdk-nag 2 reads from a resource. */
function seen(resource: CfnResource): unknown {
  return resource.getMetadata('cdk_nag')?.rules_to_suppress;
}

test('reasons of the resource and of what stands above it, known now or later, are in the form of cdk-nag 2', () => {
  const { stack } = stackFixture();
  const queue = queueIn(stack);
  accept(queue, 'endOfChain', [{ rule: 'AwsSolutions-SQS3', reason: REASON }]);
  let known = false;
  excuse(queue, 'unknownNames', resolve => known ? [{ rule: `AwsSolutions-IAM5[Resource::<${resolve(queue.ref).Ref}>/[a]]`, reason: REASON }] : []);
  expect(seen(queue)).toEqual([{ id: 'AwsSolutions-SQS3', reason: REASON }]);
  known = true;
  Validations.of(stack).acknowledge({ id: 'Own-Rule', reason: REASON });
  expect(seen(queue)).toEqual([
    { id: 'Own-Rule', reason: REASON },
    { id: 'AwsSolutions-SQS3', reason: REASON },
    { id: 'AwsSolutions-IAM5', reason: REASON, applies_to: ['Resource::<Queue>/[a]'] },
  ]);
});

test('a reason that ends cdk-nag 2 is not shown to it', () => {
  const { stack } = stackFixture();
  const queue = queueIn(stack);
  Validations.of(queue).acknowledge({ id: 'Own-Rule', reason: 'short' });
  showReasons(queue);
  expect(seen(queue)).toEqual([]);
});

test('no template holds them', () => {
  const { app } = sample();
  for (const stack of app.node.findAll().filter(c => Stack.isStack(c))) {
    expect(JSON.stringify(Template.fromStack(stack).toJSON())).not.toContain('cdk_nag');
  }
});

test('what a consumer adds takes their place, and is in the template', () => {
  const { stack } = stackFixture();
  const queue = queueIn(stack);
  accept(queue, 'endOfChain', [{ rule: 'AwsSolutions-SQS3', reason: REASON }]);
  showReasons(queue);
  const added = { rules_to_suppress: [...seen(queue) as object[], { id: 'AwsSolutions-SQS4', reason: REASON }] };
  queue.addMetadata('cdk_nag', added);
  showReasons(queue);
  expect(seen(queue)).toEqual(added.rules_to_suppress);
  Template.fromStack(stack).hasResource('AWS::SQS::Queue', { Metadata: { cdk_nag: added } });
});
