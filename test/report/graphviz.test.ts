import { draw, label } from '../../src/report/graphviz';

const svg = async (...lines: string[]) => (await draw({ directed: true, graphAttributes: {}, nodes: [{ name: 'n', attributes: { label: label(...lines) } }] }, 'A <drawing>')).text;
const texts = async (...lines: string[]) => [...(await svg(...lines)).matchAll(/<text[^>]*>([^<]*)</g)].map(m => m[1].replace(/&#45;/g, '-').replace(/&#160;/g, ' '));

test('each line is a text of the drawing, empty ones are left out', async () => {
  expect(await texts('Bucket', '', 'S3 bucket')).toEqual(['Bucket', 'S3 bucket']);
});

test('what Graphviz would read as its own language arrives as it is', async () => {
  expect(await texts('\\N \\l <b>', '&lt;')).toEqual(['\\N \\l &lt;b&gt;', '&amp;lt;']);
});

test('long lines lose their middle', async () => {
  const [text] = await texts(`Start${'x'.repeat(200)}End`);
  expect(text).toMatch(/^Startx+…x+End$/);
  expect(text.length).toBeLessThanOrEqual(48);
});

test('a drawing says what it is, and leaves ids and colours to the page', async () => {
  const text = await svg('Bucket');
  expect(text).toMatch(/^<svg role="img" aria-label="A &lt;drawing&gt;"/);
  expect(text).not.toMatch(/ id=|<title>|<!--/);
});
