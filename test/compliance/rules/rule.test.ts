import { listOf, statements } from '../../../src/compliance/rules/rule';

test.each<[unknown, unknown[]]>([[undefined, []], ['a', ['a']], [['a', 'b'], ['a', 'b']], [0, [0]], [[], []]])('%j as a list', (value, list) => {
  expect(listOf(value)).toEqual(list);
});

test.each<[string, unknown, unknown[]]>([
  ['one statement', { Statement: { Effect: 'Allow' } }, [{ Effect: 'Allow' }]],
  ['several', { Statement: [{ Effect: 'Allow' }, { Effect: 'Deny' }] }, [{ Effect: 'Allow' }, { Effect: 'Deny' }]],
  ['text', '{"Statement":[{"Effect":"Deny"}]}', [{ Effect: 'Deny' }]],
  ['nothing', undefined, []],
])('the statements of a document with %s', (_, document, list) => {
  expect(statements(document)).toEqual(list);
});
