import { modelImagePinned } from '../../../src/compliance/rules/model-image-pinned';

const URI = { 'Fn::GetAtt': ['Repository', 'RepositoryUri'] };
const join = (...parts: unknown[]) => ({ 'Fn::Join': ['', parts] });
const judge = (properties: any) => modelImagePinned.check(properties, () => undefined, () => []);

test.each<[unknown]>([
  ['1.dkr.ecr.eu-west-1.amazonaws.com/a:1.4.2'],
  ['1.dkr.ecr.eu-west-1.amazonaws.com/a@sha256:0'],
  [join(URI, ':1.4.2')],
  [join(URI, '@sha256:0')],
  [join('host/a:', { Ref: 'Tag' })],
  [{ Ref: 'Image' }],
  [undefined],
])('an image %j is pinned, or cannot be judged', image => {
  expect(judge({ PrimaryContainer: { Image: image } })).toBe(true);
});

test.each<[unknown]>([
  ['host/a:latest'], ['host/a'], ['host:443/a'], [join(URI, ':latest')], [join('host/a', ':latest')],
])('an image %j can change', image => {
  expect(judge({ PrimaryContainer: { Image: image } })).toBe(false);
});

test('every container of a pipeline is judged', () => {
  expect(judge({ Containers: [{ Image: 'h/a:1' }, { Image: 'h/b:2' }] })).toBe(true);
  expect(judge({ Containers: [{ Image: 'h/a:1' }, { Image: 'h/b:latest' }] })).toBe(false);
});

test('a model package has no image of its own', () => {
  expect(judge({ PrimaryContainer: { ModelPackageName: 'arn' } })).toBe(true);
});
