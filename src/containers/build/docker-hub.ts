import { Token, Validations } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';

/** Lines that go on, and texts within: neither begins an instruction. */
const CONTINUED = /\\[ \t]*\r?\n/g;
const HEREDOC = /<<-?["']?(\w+)["']?([^\n]*)\n[\s\S]*?^\t*\1$/gm;

const FROM = /^\s*FROM\s+(?:--\S+\s+)*(\S+)(?:\s+AS\s+(\S+))?/i;
const ARG = /^\s*ARG\s+(.*)$/i;
const VARIABLE = /\$(?:\{(\w+)(?::-([^}]*))?\}|(\w+))/g;

/** The hosts that are Docker Hub, also by the names that Docker gave it. */
const HUB = ['docker.io', 'index.docker.io', 'registry-1.docker.io'];

/** What decides which images a Dockerfile begins with. */
export interface HubOptions {
  readonly buildArgs?: { [name: string]: string };
  readonly target?: string;
}

/** Images of Docker Hub that stages of a Dockerfile begin with, up to the one that is built; what is only known while building is left out. */
export function dockerHubImages(dockerfile: string, { buildArgs = {}, target }: HubOptions): string[] {
  const args = new Map<string, string>();
  const stages: string[] = [];
  const images: string[] = [];
  for (const line of dockerfile.replace(CONTINUED, ' ').replace(HEREDOC, '$2').split(/\r?\n/)) {
    const [, image, stage] = FROM.exec(line) ?? [];
    if (image === undefined) {
      if (images.length === 0) { declared(line).forEach(([name, value]) => args.set(name, buildArgs[name] ?? filled(value, args))); } // later ones are for their stage only
      continue;
    }
    images.push(stages.includes(image.toLowerCase()) ? '' : filled(image, args));
    stages.push(stage?.toLowerCase() ?? '');
    if (target !== undefined && stage?.toLowerCase() === target.toLowerCase()) { break; }
  }
  return [...new Set(images.filter(isOnHub))];
}

/** CodeBuild has no account there, and shares its addresses with others. https://docs.docker.com/docker-hub/usage/ */
export function warnOfDockerHub(scope: IConstruct, dockerfile: string, options: HubOptions): void {
  for (const image of dockerHubImages(dockerfile, options)) {
    const [name] = image.split('/').slice(-1);
    const official = /^(?:(?:docker\.io\/)?library\/)?[^/]+$/.test(image) ? `name public.ecr.aws/docker/library/${name}, which is the same, or ` : '';
    Validations.of(scope).addWarning('cdk-ml-patterns:dockerHubLimits',
      `The image begins with ${image} of Docker Hub, which limits what anonymous callers pull from an address, and builds share theirs with others: `
      + `${official}copy it once with ContainerSource.fromRegistry.`);
  }
}

function declared(line: string): [string, string][] {
  const words = ARG.exec(line)?.[1].trim().split(/\s+/) ?? [];
  return words.map(word => [word.split('=')[0], word.slice(word.indexOf('=') + 1 || word.length).replace(/^(["'])(.*)\1$/, '$2')]);
}

/** Empty if a variable is not known. */
function filled(image: string, args: Map<string, string>): string {
  let known = true;
  const text = image.replace(VARIABLE, (_, braced, otherwise, plain) => {
    const given = args.get(braced ?? plain) ?? '';
    const value = given === '' ? otherwise ?? '' : given;
    known &&= value !== '' && !Token.isUnresolved(value);
    return value;
  });
  return known ? text : '';
}

/** Without a host, which has a dot or a port, or is `localhost`. https://docs.docker.com/reference/cli/docker/image/tag/ */
function isOnHub(image: string): boolean {
  if (image === '' || image === 'scratch') { return false; }
  const [host, ...path] = image.split('/');
  return path.length === 0 || HUB.includes(host) || !/[.:]|^localhost$/.test(host);
}
