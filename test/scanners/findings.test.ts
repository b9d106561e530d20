import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { errorOf } from '../helper';

const { listed, missed, readWaivers, waive } = jest.requireActual('../../scripts/lib/findings');

const finding = (rule: string, resource: string, level = 'error') =>
  ({ scanner: 'checkov', level, template: 'app/Stack.template.json', resource, rule, text: 'Not so' });
const REASON = 'A reason that somebody can judge.';
const waiver = { rules: ['checkov:CKV_1'], resource: 'Logs[0-9]', reason: REASON };

function written(waivers: object[]): string {
  const file = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'waivers-')), 'waivers.json');
  fs.writeFileSync(file, JSON.stringify(waivers));
  return file;
}

test('a waiver excuses its rules on its resources only', () => {
  const [same, otherRule, otherResource] = [finding('CKV_1', 'Logs1'), finding('CKV_2', 'Logs1'), finding('CKV_1', 'MyLogs1')];
  expect(waive([same, otherRule, otherResource], [waiver])).toEqual({ standing: [otherRule, otherResource], waived: [same], unused: [] });
});

test('a rule of a waiver that excuses nothing is told', () => {
  const two = { ...waiver, rules: ['checkov:CKV_1', 'checkov:CKV_9'] };
  expect(waive([finding('CKV_1', 'Logs1')], [two]).unused).toEqual(['checkov:CKV_9 on Logs[0-9]']);
});

test.each([
  ['too many', [waiver, waiver, waiver, waiver], 'holds 4 waivers, at most 3 are allowed'],
  ['one without a reason', [{ ...waiver, reason: undefined }], 'each waiver needs rules, a resource and a reason'],
  ['one with a reason that says nothing', [{ ...waiver, reason: 'ok' }], 'each waiver needs rules, a resource and a reason'],
  ['one without rules', [{ ...waiver, rules: [] }], 'each waiver needs rules, a resource and a reason'],
])('%s is an error', (_, waivers, text) => {
  expect(errorOf(() => readWaivers(written(waivers)))).toContain(text);
});

test('the waivers of the repository are sound', () => {
  expect(readWaivers(path.join(__dirname, '..', '..', 'scripts', 'scanners', 'waivers.json')).length).toBeLessThanOrEqual(3);
});

test('a scanner that only warns has missed an error', () => {
  const found = [finding('CKV_1', 'A'), finding('CKV_2', 'A', 'warning')];
  expect(missed(found, ['checkov:CKV_1', 'checkov:CKV_2', 'checkov:CKV_3'])).toEqual(['checkov:CKV_2', 'checkov:CKV_3']);
});

test('findings are listed one a line, errors last', () => {
  expect(listed([finding('CKV_1', 'A'), finding('CKV_2', '', 'warning')]).split('\n')).toEqual([
    'WARNING app/Stack.template.json  (template)  checkov:CKV_2  Not so',
    'ERROR   app/Stack.template.json  A  checkov:CKV_1  Not so',
  ]);
});
