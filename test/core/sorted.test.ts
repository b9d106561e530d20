import { Lazy } from 'aws-cdk-lib';
import { inOrder, keyValues, sorted } from '../../src/core/sorted';

test('entries come in the order of their names', () => {
  expect(Object.entries(sorted({ b: 1, B: 2, a: 3, a1: 4 })!)).toEqual([['B', 2], ['a', 3], ['a1', 4], ['b', 1]]);
});

test('maps in maps and lists, too, but no tokens', () => {
  const token = Lazy.any({ produce: () => 1 });
  expect(JSON.stringify(inOrder({ b: [{ d: null, c: 1 }], a: 'x' }))).toBe('{"a":"x","b":[{"c":1,"d":null}]}');
  expect(inOrder({ a: token }).a).toBe(token);
});

test('nothing stays nothing', () => {
  expect(sorted(undefined)).toBeUndefined();
  expect(sorted({})).toEqual({});
});

test('entries become pairs of Key and Value, in the order of their names', () => {
  expect(keyValues({ b: '1', a: '2' })).toEqual([{ Key: 'a', Value: '2' }, { Key: 'b', Value: '1' }]);
  expect(keyValues({})).toEqual([]);
  expect(keyValues(undefined)).toBeUndefined();
});
