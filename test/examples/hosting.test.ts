import { App } from 'aws-cdk-lib';
import { ServingStack } from '../../examples/typescript/hosting/serving-stack';
import { StorageStack } from '../../examples/typescript/hosting/storage-stack';
import { dependencyCycle, expectCompliant } from '../helper';
import { TemplateGraph } from '../template-graph';

/** The sequence of docs/examples/hosting.md on an empty account: deploy Storage, push image 1.0.0, upload the models, deploy Serving. */
const IMAGE_PUSHED = ':1.0.0';
const MODELS_UPLOADED = ['ranker/1', 'ranker/2', 'summaries/1', 'prices/1', 'chat/1'].map(m => `models/${m}/model.tar.gz`);

const app = new App({ context: { '@aws-cdk/core:defaultCrossStackReferences': 'strong' } }); // as in cdk.json
const storage = new StorageStack(app, 'Storage');
const serving = new ServingStack(app, 'Serving', { artifacts: storage.artifacts, images: storage.images });
const template = expectCompliant(serving).toJSON();

test('both stacks are clean and without circles', () => {
  expect(dependencyCycle(expectCompliant(storage).toJSON())).toBeUndefined();
  expect(dependencyCycle(template)).toBeUndefined();
});

test('every image and model is there before its endpoint', () => {
  const models = new TemplateGraph(template).ofType('AWS::SageMaker::Model').map(([, m]) => m.Properties.PrimaryContainer);
  expect(models).toHaveLength(5);
  models.forEach(({ Image }) => expect(JSON.stringify(Image)).toContain(IMAGE_PUSHED));
  const artifacts = models.map(({ ModelDataUrl }) => MODELS_UPLOADED.find(key => JSON.stringify(ModelDataUrl).includes(key)));
  expect(artifacts.sort()).toEqual([...MODELS_UPLOADED].sort());
});

test('each model waits for the permission to read exactly its artifact', () => {
  const graph = new TemplateGraph(template);
  for (const [id, { Properties }] of graph.ofType('AWS::SageMaker::Model')) {
    const policies = [...graph.allBefore(id)].filter(before => graph.resources[before]?.Type === 'AWS::IAM::ManagedPolicy');
    const key = MODELS_UPLOADED.find(uploaded => JSON.stringify(Properties.PrimaryContainer.ModelDataUrl).includes(uploaded))!;
    expect(policies.some(policy => JSON.stringify(graph.resources[policy].Properties).includes(key))).toBe(true);
  }
});

test('what runs at zero can be woken up', () => {
  const alarms = new TemplateGraph(template).ofType('AWS::CloudWatch::Alarm').map(([, a]) => a.Properties).filter(a => a.AlarmActions);
  expect(alarms.map(a => a.MetricName).sort()).toEqual(['HasBacklogWithoutCapacity', 'NoCapacityInvocationFailures']);
});
