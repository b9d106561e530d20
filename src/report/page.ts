import { html } from './html';
import { Report } from './report';
import { architectureSection } from './sections/architecture';
import { complianceSection } from './sections/compliance';
import { headline } from './sections/headline';
import { inventorySection } from './sections/inventory';
import { permissionsSection } from './sections/permissions';
import { pipelinesSection } from './sections/pipelines';
import { STYLE } from './style';

/** The whole page, complete in itself. The same report gives the same bytes. */
export async function pageOf(report: Report): Promise<string> {
  const names = report.stacks.filter(s => !s.nested).map(s => s.name).join(', ');
  const { holders, resourcePolicies } = report.permissions;
  const pipelines = report.pipelines.length > 0 ? html`<a href="#pipelines">Pipelines</a>` : '';
  const permissions = holders.length + resourcePolicies.length > 0 ? html`<a href="#permissions">Permissions</a>` : '';
  const page = html`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${names}: architecture and compliance</title>
${STYLE}
</head>
<body>
<main>
${headline(report)}
<nav aria-label="Sections"><a href="#architecture">Architecture</a>${pipelines}${permissions}<a href="#compliance">Compliance</a><a href="#resources">Resources</a></nav>
${await architectureSection(report)}
${await pipelinesSection(report)}
${permissionsSection(report)}
${complianceSection(report)}
${inventorySection(report)}
</main>
<footer>Made by cdk-ml-report from the templates and the construct metadata of a cloud assembly.</footer>
</body>
</html>
`;
  return page.text;
}
