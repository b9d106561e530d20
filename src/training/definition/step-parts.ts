/** Names of the outputs of a step as it is rendered. */
export function outputsOf(rendered: any): string[] {
  return entries(rendered.Arguments?.ProcessingOutputConfig?.Outputs).map(o => o.OutputName);
}

/** Reports of a step as it is rendered. */
export function reportsOf(rendered: any): { PropertyFileName: string; OutputName: string }[] {
  return entries(rendered.PropertyFiles);
}

/** The entries of what an override may have made anything of. */
function entries(list: unknown): any[] {
  return Array.isArray(list) ? list.filter(entry => typeof entry === 'object' && entry !== null) : [];
}
