/** What no schema can see in a definition: names, references, circles, branches, sizes. */
export function graphFaults(definition: any): string[] {
  const placed = walk(definition.Steps ?? [], []);
  const names = placed.map(p => p.step.Name);
  const parameters = (definition.Parameters ?? []).map((p: any) => p.Name);
  const size = Buffer.byteLength(JSON.stringify(definition));
  return [
    ...twice(names).map(n => `step ${n} stands there twice`),
    ...twice(parameters).map(n => `parameter ${n} stands there twice`),
    ...getsIn({ ...definition, Steps: [] }).flatMap(get => parameterFaults('the envelope', get, parameters)),
    ...placed.flatMap(p => stepFaults(p, placed, parameters)),
    ...circles(placed),
    ...size > MAX_SIZE ? [`the definition has ${size} bytes`] : [],
  ];
}

const MAX_SIZE = 1_048_576;
const BRANCHES = ['IfSteps', 'ElseSteps', 'ForEachBody'];

interface Placed {
  readonly step: any;
  readonly branches: string[];
}

function walk(steps: any[], branches: string[]): Placed[] {
  return steps.flatMap(step => [
    { step, branches },
    ...BRANCHES.flatMap(key => walk(step.Arguments?.[key] ?? [], [...branches, `${step.Name}.${key}`])),
  ]);
}

function stepFaults({ step, branches }: Placed, placed: Placed[], parameters: string[]): string[] {
  const find = (name: string) => placed.find(p => p.step.Name === name);
  const sight = (to: Placed) => to.branches.every((b, i) => branches[i] === b) ? [] : [`${step.Name} cannot see ${to.step.Name} in ${to.branches.join(' ')}`];
  const references = getsIn(alone(step)).flatMap(get => {
    const name = stepNameIn(get);
    if (name === undefined) { return parameterFaults(step.Name, get, parameters); }
    const to = find(name);
    return to === undefined ? [`${step.Name} refers to the unknown step ${name}`] : [...sight(to), ...memberFaults(step.Name, get, to.step)];
  });
  const waits = dependenciesOf(step).flatMap(name => {
    const to = find(name);
    if (to === undefined) { return [`${step.Name} depends on the unknown step ${name}`]; }
    return [...sight(to), ...to.step.Type === 'Fail' ? [`${step.Name} depends on the Fail step ${name}`] : []];
  });
  const files = (step.PropertyFiles ?? []).filter((f: any) => !outputsOf(step).includes(f.OutputName)).map((f: any) => `file of ${step.Name} in the unknown output ${f.OutputName}`);
  return [...references, ...waits, ...files];
}

function parameterFaults(where: string, get: string, parameters: string[]): string[] {
  const name = /^Parameters\.(.*)$/.exec(get)?.[1];
  return name === undefined || parameters.includes(name) ? [] : [`${where} refers to the undeclared parameter ${name}`];
}

/** Of outputs and property files, which a step names itself. */
function memberFaults(where: string, get: string, to: any): string[] {
  const file = /^Steps\.[^.]+\.PropertyFiles\.(.+)$/.exec(get)?.[1];
  const output = to.Type === 'Processing' ? /^Steps\.[^.]+\.ProcessingOutputConfig\.Outputs\['([^']+)'\]/.exec(get)?.[1] : undefined;
  return [
    ...file !== undefined && !(to.PropertyFiles ?? []).some((f: any) => f.PropertyFileName === file) ? [`${where} reads the unknown file ${file} of ${to.Name}`] : [],
    ...output !== undefined && !outputsOf(to).includes(output) ? [`${where} reads the unknown output ${output} of ${to.Name}`] : [],
    ...to.Type === 'Fail' ? [`${where} refers to the Fail step ${to.Name}`] : [],
  ];
}

/** A condition waits for nothing that its branches read, but they wait for it. */
function circles(placed: Placed[]): string[] {
  const waits = new Map<string, string[]>();
  placed.forEach(({ step, branches }) => waits.set(step.Name, [
    ...getsIn(alone(step)).flatMap(get => stepNameIn(get) ?? []), ...dependenciesOf(step), ...branches.slice(-1).map(b => b.split('.')[0]),
  ]));
  const state = new Map<string, 'open' | 'done'>();
  const visit = (name: string): string[] => {
    if (state.get(name) === 'open') { return [`circle at ${name}`]; }
    if (state.has(name)) { return []; }
    state.set(name, 'open');
    const found = (waits.get(name) ?? []).flatMap(visit);
    state.set(name, 'done');
    return found;
  };
  return [...waits.keys()].flatMap(visit);
}

function alone(step: any): any {
  return { ...step, Arguments: Object.fromEntries(Object.entries(step.Arguments ?? {}).filter(([key]) => !BRANCHES.includes(key))) };
}

function outputsOf(step: any): string[] {
  return (step.Arguments?.ProcessingOutputConfig?.Outputs ?? []).map((o: any) => o.OutputName);
}

function dependenciesOf(step: any): string[] {
  return (step.DependsOn ?? []).map((d: any) => d.Step ?? d);
}

function stepNameIn(get: string): string | undefined {
  return /^Steps\.([A-Za-z0-9_-]+)/.exec(get)?.[1];
}

function getsIn(value: any): string[] {
  if (typeof value !== 'object' || value === null) { return []; }
  return Object.keys(value).length === 1 && typeof value.Get === 'string' ? [value.Get] : Object.values(value).flatMap(getsIn);
}

function twice(names: string[]): string[] {
  return [...new Set(names.filter((name, i) => names.indexOf(name) !== i))];
}
