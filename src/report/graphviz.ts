import { escape, Html } from './html';

type Attributes = Record<string, string | number | boolean>;

/** The part of a graph of `@viz-js/viz` that the report needs. */
export interface Graph {
  readonly directed: boolean;
  readonly graphAttributes: Attributes;
  readonly nodes?: { name: string; attributes: Attributes }[];
  readonly edges?: { tail: string; head: string; attributes: Attributes }[];
  readonly subgraphs?: (Omit<Graph, 'directed'> & { name: string })[];
}

interface Viz {
  renderString(graph: object, options: { format: string }): string;
}

const FONT = { fontname: 'Helvetica,Arial,sans-serif' };

let viz: Promise<Viz> | undefined;

/** Draws a graph as SVG that stands in a page: colours come from the page's style, by class. */
export async function draw(graph: Graph, title: string): Promise<Html> {
  // Loaded on first use: a megabyte of WebAssembly.
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  viz ??= (require('@viz-js/viz') as { instance(): Promise<Viz> }).instance();
  const svg = (await viz).renderString({
    ...graph,
    graphAttributes: { bgcolor: 'transparent', ...FONT, fontsize: 11, pad: 0.1, ...graph.graphAttributes },
    // Room for the bold first line, which the page sets in 11.
    nodeAttributes: { ...FONT, fontsize: 12, shape: 'box', style: 'rounded,filled', height: 0.42, margin: '0.16,0.07' },
    edgeAttributes: { ...FONT, fontsize: 9, arrowsize: 0.6 },
  }, { format: 'svg' });
  return new Html(embedded(svg, title));
}

/** Several graphs share one page, so their ids go; the tool tips Graphviz makes of its own are internal names. */
function embedded(svg: string, title: string): string {
  return svg.slice(svg.indexOf('<svg'))
    .replace(/<!--[\s\S]*?-->\n?/g, '')
    .replace(/<title>[\s\S]*?<\/title>\n?/g, '')
    .replace(/ id="[^"]*"/g, '')
    .replace(/^<svg width="([\d.]+)pt" height="[\d.]+pt"/, (_, width: string) => `<svg role="img" aria-label="${escape(title)}" style="--width:${Math.ceil(Number(width) * 1.15)}px"`);
}

/** Lines of a label. Graphviz reads backslashes and entities in labels: neither comes through from a template. */
export function label(...lines: string[]): string {
  return lines.filter(l => l !== '').map(l => escape(shortened(l)).replace(/\\/g, '\\\\')).join('\\n');
}

const MAX_LABEL = 48;

function shortened(line: string): string {
  const clean = line.replace(/[\u0000-\u001f]/g, ' ');
  return clean.length > MAX_LABEL ? `${clean.slice(0, MAX_LABEL / 2 - 1)}…${clean.slice(-MAX_LABEL / 2)}` : clean;
}

