import { MlInstanceType } from '../../../src';
import { vcpusOf } from '../../../src/inference/observing/vcpus';

const vcpus = (...names: string[]) => vcpusOf(names.map(name => MlInstanceType.of(name)));

test.each([
  ['ml.m5.large', 2], ['ml.t2.medium', 2], ['ml.c5.xlarge', 4], ['ml.m5.2xlarge', 8], ['ml.c5.9xlarge', 36], ['ml.g5.48xlarge', 192], ['ml.c4.8xlarge', 36],
  ['ml.p6-b200.48xlarge', 192], ['ml.inf2.xlarge', 4],
])('%s has %d', (name, count) => {
  expect(vcpus(name)).toBe(count);
});

test.each(['ml.m7g.medium', 'ml.u1.metal', '${Token[Type.1]}'])('%s does not tell', name => {
  expect(vcpus(name)).toBeUndefined();
});

test('pools tell only if all their types have as many', () => {
  expect(vcpus('ml.m5.xlarge', 'ml.c5.xlarge')).toBe(4);
  expect(vcpus('ml.m5.xlarge', 'ml.m5.2xlarge')).toBeUndefined();
  expect(vcpus('ml.m5.xlarge', 'ml.m7g.medium')).toBeUndefined();
  expect(vcpus()).toBeUndefined();
});
