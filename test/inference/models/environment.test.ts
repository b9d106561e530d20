import { CfnParameter } from 'aws-cdk-lib';
import { Problems } from '../../../src/core/problems';
import { checkBytes, checkEnvironment, downloads } from '../../../src/inference/models/environment';
import { errorOf, stackFixture } from '../../helper';

const { stack } = stackFixture();

test.each<[string, string]>([
  ['HF_MODEL_ID', 'meta-llama/Llama-3.1-8B'], ['HF_MODEL_ID', 's3://bucket/llama/'], ['HF_MODEL_ID', 'gpt2'], ['OPTION_MODEL_ID', 'djl://x'],
  ['SM_VLLM_MODEL', 'Qwen/Qwen3'], ['SM_SGLANG_MODEL_PATH', 'Qwen/Qwen3'],
])('%s=%s makes the container download', (key, value) => {
  expect(downloads({ THREADS: '2', [key]: value })).toEqual([key]);
});

test.each<[string, string]>([
  ['HF_MODEL_ID', '/opt/ml/model'], ['HF_MODEL_ID', './model'], ['HF_MODEL_ID', ''], ['MODEL_NAME', 'meta-llama/Llama'], ['HF_TASK', 'text-generation'],
  ['HF_MODEL_ID', new CfnParameter(stack, 'Id').valueAsString],
])('%s=%s does not', (key, value) => {
  expect(downloads({ [key]: value })).toEqual([]);
});

test('names and values have a length', () => {
  const check = (environment: Record<string, string>) => () => {
    const problems = new Problems();
    checkEnvironment('environment', environment, problems);
    problems.throwIfAny(stack);
  };
  expect(check({ ['K'.repeat(1024)]: 'x'.repeat(1024) })).not.toThrow();
  expect(check({ ['K'.repeat(1025)]: '' })).toThrow('environment key (characters) must be between 0 and 1024, got 1025');
  expect(check({ K: 'é'.repeat(513) })).toThrow('environment.K (bytes) must be between 0 and 1024, got 1026');
});

test('the bytes of several environments count together, those known at deployment only do not', () => {
  const half = Object.fromEntries(Array.from({ length: 16 }, (_, i) => [`V${i % 10}${String.fromCharCode(65 + i)}`, 'x'.repeat(1021)]));
  const check = (...environments: Record<string, string>[]) => () => {
    const problems = new Problems();
    checkBytes('environment', environments, problems);
    problems.throwIfAny(stack);
  };
  expect(check(half, half)).not.toThrow();
  expect(check(half, half, { A: new CfnParameter(stack, 'A').valueAsString, B: '' })).toThrow('environment (bytes) must be between 0 and 32768, got 32770');
  expect(errorOf(check(half, half, { A: '' }))).toContain('got 32769');
});
