/** A template as a graph: what refers to what, and what waits for what. */
export class TemplateGraph {
  public readonly resources: Record<string, any>;

  constructor(template: any) {
    this.resources = template.Resources;
  }

  public ofType(type: string): [string, any][] {
    return Object.entries(this.resources).filter(([, r]) => r.Type === type);
  }

  /** Logical ids that a value refers to, in this template. */
  public references(value: any): string[] {
    if (Array.isArray(value)) { return value.flatMap(v => this.references(v)); }
    if (typeof value !== 'object' || value === null) { return []; }
    const own = [value.Ref, value['Fn::GetAtt']?.[0]].filter(id => typeof id === 'string' && !id.startsWith('AWS::'));
    return [...own, ...Object.values(value).flatMap(v => this.references(v))];
  }

  /** What must be there before a resource. */
  public before(id: string): string[] {
    const { Properties, DependsOn = [] } = this.resources[id];
    return [...this.references(Properties), ...[DependsOn].flat()];
  }

  /** Everything that comes before a resource, however far. */
  public allBefore(id: string, seen = new Set<string>()): Set<string> {
    for (const earlier of this.before(id).filter(e => !seen.has(e))) {
      seen.add(earlier);
      if (this.resources[earlier] !== undefined) { this.allBefore(earlier, seen); }
    }
    return seen;
  }

  /** Resources that wait for themselves. */
  public cycles(): string[] {
    return Object.keys(this.resources).filter(id => this.allBefore(id).has(id));
  }

  /** References to what the template does not make. */
  public dangling(parameters: string[]): string[] {
    return Object.keys(this.resources).flatMap(id => this.before(id)).filter(id => this.resources[id] === undefined && !parameters.includes(id));
  }

  /** Who uses a role without waiting for the policies that make the role useful. */
  public usersBeforePolicies(): string[] {
    const policies = [...this.ofType('AWS::IAM::ManagedPolicy'), ...this.ofType('AWS::IAM::Policy')];
    return Object.entries(this.resources).filter(([, r]) => !/^AWS::(IAM|KMS|SQS|S3)::/.test(r.Type)).flatMap(([id, r]) => {
      const roles = this.references(r.Properties).filter(ref => this.resources[ref]?.Type === 'AWS::IAM::Role');
      const needed = policies.filter(([, p]) => this.references(p.Properties.Roles).some(role => roles.includes(role))).map(([p]) => p);
      return needed.filter(p => !this.allBefore(id).has(p)).map(p => `${id} does not wait for ${p}`);
    });
  }
}
