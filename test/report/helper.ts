import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { App, AppProps } from 'aws-cdk-lib';
import { pageOf, reportOf } from '../../src/report';
import { Report } from '../../src/report/report';

/** A directory for one test. */
export function scratch(): string {
  return fs.mkdtempSync(path.join(os.tmpdir(), 'report-'));
}

/** What the report knows of an app that `make` fills. */
export function synthesised(make: (app: App) => void, props: AppProps = {}): Report {
  const app = new App({ ...props, outdir: scratch() });
  make(app);
  return reportOf(app.synth().directory);
}

/** What the report knows of templates written by hand; `artifact` is merged into the manifest of each stack. */
export function handwritten(templates: Record<string, object>, artifact: object = {}): Report {
  return reportOf(assembly(templates, artifact));
}

export function assembly(templates: Record<string, object>, artifact: object = {}): string {
  const directory = scratch();
  const write = (file: string, content: object) => fs.writeFileSync(path.join(directory, file), JSON.stringify(content));
  Object.entries(templates).forEach(([name, template]) => write(`${name}.template.json`, template));
  const artifacts = Object.keys(templates).map(name => [name, {
    type: 'aws:cloudformation:stack', properties: { templateFile: `${name}.template.json` }, ...artifact,
  }]);
  write('manifest.json', { version: '54.0.0', artifacts: Object.fromEntries(artifacts) });
  return directory;
}

/** The text that a reader sees, without the markup. */
export async function visibleText(report: Report): Promise<string> {
  const page = await pageOf(report);
  return page.replace(/<style>[\s\S]*?<\/style>/g, '').replace(/<[^>]+>/g, ' ').replace(/&quot;/g, '"').replace(/&#39;/g, '\'')
    .replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&amp;/g, '&').replace(/\s+/g, ' ');
}
