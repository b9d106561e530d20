import * as fs from 'fs';
import * as path from 'path';
import { NestedStack, Stack } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { assembly, handwritten, scratch, synthesised } from './helper';
import { command } from '../../src/report/command';

test('construct paths from the manifest, where older versions of the CDK put them', () => {
  const report = handwritten({ Stack: { Resources: { B123: { Type: 'AWS::S3::Bucket' } } } }, {
    metadata: { '/Stack/My/Bucket/Resource': [{ type: 'aws:cdk:logicalId', data: 'B123' }] },
  });
  expect(report.stacks[0].resources.map(r => r.path)).toEqual(['Stack/My/Bucket']);
});

test('nested stacks', () => {
  const report = synthesised(app => { new s3.Bucket(new NestedStack(new Stack(app, 'Stack'), 'Inner'), 'Bucket'); });
  expect(report.stacks.map(s => s.nested)).toEqual([false, true]);
  expect(report.stacks[1].resources.map(r => r.path)).toEqual(['Stack/Inner/Bucket']);
});

describe('bad input is one line with the path and exit code 1', () => {
  const file = (name: string, content: string, directory = scratch()) => {
    fs.writeFileSync(path.join(directory, name), content);
    return directory;
  };
  const run = async (...args: string[]) => {
    const error = jest.spyOn(console, 'error').mockImplementation();
    const log = jest.spyOn(console, 'log').mockImplementation();
    const code = await command(args);
    const said = [...error.mock.calls, ...log.mock.calls].flat().join('\n');
    jest.restoreAllMocks();
    return { code, said };
  };

  test.each<[string, () => string, RegExp]>([
    ['no directory', () => path.join(scratch(), 'none'), /^cdk-ml-report: no such directory: .*none$/],
    ['a file', () => path.join(file('a.txt', ''), 'a.txt'), /^cdk-ml-report: not a directory: .*a\.txt$/],
    ['no cloud assembly', scratch, /^cdk-ml-report: not a cloud assembly, it has no manifest\.json: .*report-\w+$/],
    ['some other manifest', () => file('manifest.json', '{"name":"app"}'), /^cdk-ml-report: not the manifest of a cloud assembly, it has no version: .*manifest\.json$/],
    ['broken JSON', () => file('manifest.json', '{"version":'), /^cdk-ml-report: broken JSON \(.*\): .*manifest\.json$/],
    ['a list', () => file('manifest.json', '[]'), /^cdk-ml-report: not a JSON object: .*manifest\.json$/],
    ['a broken template', () => file('Stack.template.json', 'null', assembly({ Stack: {} })), /^cdk-ml-report: not a JSON object: .*Stack\.template\.json$/],
    ['a template that is gone', () => {
      const directory = assembly({ Stack: {} });
      fs.rmSync(path.join(directory, 'Stack.template.json'));
      return directory;
    }, /^cdk-ml-report: it cannot be read: .*Stack\.template\.json$/],
  ])('%s', async (_, directory, message) => {
    expect(await run(directory(), '--out', path.join(scratch(), 'r.html'))).toEqual({ code: 1, said: expect.stringMatching(message) });
  });

  test('a place that cannot be written', async () => {
    expect(await run(assembly({ Stack: {} }), '--out', path.join(scratch(), 'no', 'r.html'))).toEqual({ code: 1, said: expect.stringMatching(/^cdk-ml-report: cannot write: /) });
  });

  test('no argument, an unknown option, two directories', async () => {
    for (const args of [[], ['--what'], ['a', 'b'], ['a', '--out']]) {
      expect(await run(...args)).toEqual({ code: 1, said: 'cdk-ml-report: Usage: cdk-ml-report <cdk.out> [--out report.html]' });
    }
  });

  test('good input: the page is written, exit code 0', async () => {
    const out = path.join(scratch(), 'r.html');
    expect(await run(assembly({ Stack: {} }), '--out', out)).toEqual({ code: 0, said: `${out}: 1 stack, checks: no checks ran` });
    expect(fs.readFileSync(out, 'utf8')).toMatch(/^<!DOCTYPE html>/);
  });
});
