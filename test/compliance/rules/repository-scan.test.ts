import { repositoryScan } from '../../../src/compliance/rules/repository-scan';

test.each<[string, any, boolean]>([
  ['scans', { ImageScanningConfiguration: { ScanOnPush: true } }, true],
  ['does not scan', { ImageScanningConfiguration: { ScanOnPush: false } }, false],
  ['says nothing of scans', {}, false],
])('a repository that %s is judged', (_, properties, good) => {
  expect(repositoryScan.check(properties, () => undefined, () => [])).toBe(good);
});
