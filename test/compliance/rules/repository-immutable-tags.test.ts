import { repositoryImmutableTags } from '../../../src/compliance/rules/repository-immutable-tags';

test.each<[string, any, boolean]>([
  ['IMMUTABLE', { ImageTagMutability: 'IMMUTABLE' }, true],
  ['IMMUTABLE_WITH_EXCLUSION', { ImageTagMutability: 'IMMUTABLE_WITH_EXCLUSION' }, true],
  ['MUTABLE', { ImageTagMutability: 'MUTABLE' }, false],
  ['MUTABLE_WITH_EXCLUSION', { ImageTagMutability: 'MUTABLE_WITH_EXCLUSION' }, false],
  ['nothing', {}, false],
])('a repository whose tags are %s is judged', (_, properties, good) => {
  expect(repositoryImmutableTags.check(properties, () => undefined, () => [])).toBe(good);
});
