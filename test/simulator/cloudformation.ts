/**
 * Plays deployments of rendered templates, as far as the order of calls goes. What it takes for granted, and from where:
 *
 *  1. A resource is created and updated after all that it depends on, and deleted before. [CloudFormation user guide, DependsOn]
 *  2. Only resources whose resolved properties differ are updated. [user guide, update behaviours of stack resources]
 *  3. A create-only property makes a new resource in the update; the old one is deleted in the cleanup at the end. [the same]
 *  4. When a resource fails, no other is begun, and those that were touched, the failed one included, get their old properties again; what was
 *     never touched is not called. [aws/aws-cdk#27199 for custom resources, confirmed there; README of CDK's custom-resources: a failed update
 *     is followed by an update with the old properties]. In the order of (1), from memory; tests play the other way round too (`rollBackBackwards`).
 *  5. What the failed update has made is deleted in the cleanup after the roll-back. [status UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS]
 *  6. A custom resource that answers with another physical id was replaced: deleted is the old id after an update that worked, the new one
 *     after a roll-back. [AWS::CloudFormation::CustomResource; AWS re:Post, best practices for Lambda-backed custom resources]
 *  7. Whether such a one is called at all in the roll-back, before that: not documented, so tests play both (`rollBackCallsReplaced`).
 *  8. A failed update that is rolled back and fails again leaves UPDATE_ROLLBACK_FAILED; failures in the cleanup do not fail the stack. [user guide]
 *  9. What is not there need not be deleted: NotFound counts as deleted. [resource type handler contract]
 *
 * Resources run one after the other; `first` says which run as soon as they can, `fails` which fail once, and when.
 */
export interface Made {
  readonly physicalId: string;
  readonly properties: any;
  readonly attributes?: Record<string, string>;
}

/** What CloudFormation calls for a type of resource. An update that gives another physical id has replaced. */
export interface Provider {
  create(call: Call): Promise<Made>;
  update(call: Call, old: Made): Promise<Made>;
  delete(call: Call, old: Made): Promise<void>;
}

export interface Call {
  readonly logicalId: string;
  readonly type: string;
  readonly properties: any;
  /** True from the first failure on; no provider of AWS can see it. */
  readonly rollingBack: boolean;
}

export interface DeployOptions {
  readonly first?: string[];
  /** Logical ids (beginnings) that fail in this deployment, after they did their work. */
  readonly fails?: string[];
  readonly rollBackCallsReplaced?: boolean;
  readonly rollBackBackwards?: boolean;
}

export interface Outcome {
  readonly status: string;
  readonly reason?: string;
  /** What failed in the cleanup. */
  readonly litter: string[];
}

const PSEUDO: Record<string, string> = {
  'AWS::Region': 'eu-west-1', 'AWS::AccountId': '111122223333', 'AWS::Partition': 'aws', 'AWS::URLSuffix': 'amazonaws.com', 'AWS::StackName': 'Stack',
};

export class SimulatedStack {
  private template: any = { Resources: {} };
  private made = new Map<string, Made>();
  /** What was last asked for, also where that failed. */
  private readonly asked = new Map<string, any>();

  constructor(private readonly providerOf: (type: string) => Provider) {}

  /** Creates or updates the stack. */
  public async deploy(template: any, options: DeployOptions = {}): Promise<Outcome> {
    const before = new Map(this.made);
    const touched: string[] = [];
    let current = '';
    try {
      for (const id of ordered(template, options.first)) {
        current = id;
        if (await this.step(id, template, () => touched.push(id)) && options.fails?.some(f => id.startsWith(f))) { throw new Error(`${id} fails`); }
      }
    } catch (e) {
      const reason = `${current}: ${(e as Error).message}`;
      return { reason, ...await this.rollBack(template, before, touched, options) };
    }
    const gone = [...before].filter(([id, old]) => this.made.get(id)?.physicalId !== old.physicalId || !(id in template.Resources));
    const litter = await this.cleanUp(gone, this.template);
    Object.keys(this.template.Resources).filter(id => !(id in template.Resources)).forEach(id => this.made.delete(id));
    this.template = template;
    return { status: 'UPDATE_COMPLETE', litter };
  }

  /** Deletes the stack. */
  public async destroy(): Promise<Outcome> {
    const litter = await this.cleanUp([...this.made], this.template);
    this.made.clear();
    this.template = { Resources: {} };
    return { status: litter.length > 0 ? 'DELETE_FAILED' : 'DELETE_COMPLETE', litter };
  }

  private async rollBack(failed: any, before: Map<string, Made>, touched: string[], options: DeployOptions): Promise<Outcome> {
    const { first, rollBackCallsReplaced = true, rollBackBackwards = false } = options;
    const created: [string, Made][] = touched.filter(id => !before.has(id) && this.made.has(id)).map(id => [id, this.made.get(id)!]);
    const isReplaced = (id: string) => before.has(id) && this.made.get(id)!.physicalId !== before.get(id)!.physicalId;
    const replaced: [string, Made][] = touched.filter(isReplaced).map(id => [id, this.made.get(id)!]);
    const order = ordered(this.template, first).filter(id => touched.includes(id));
    for (const id of rollBackBackwards ? order.reverse() : order) {
      const old = before.get(id)!;
      const { Type } = this.template.Resources[id];
      const wasReplaced = replaced.some(([r]) => r === id);
      try {
        if (!wasReplaced || (Type.startsWith('Custom::') && rollBackCallsReplaced)) {
          const call = { logicalId: id, type: Type, properties: old.properties, rollingBack: true };
          await this.providerOf(Type).update(call, { ...this.made.get(id)!, properties: this.asked.get(id) });
        }
      } catch (e) {
        return { status: 'UPDATE_ROLLBACK_FAILED', litter: [`${id}: ${(e as Error).message}`] };
      }
      this.made.set(id, old);
    }
    created.forEach(([id]) => this.made.delete(id));
    return { status: 'UPDATE_ROLLBACK_COMPLETE', litter: await this.cleanUp([...created, ...replaced], failed) };
  }

  /** Creates or updates one resource; false if there was nothing to do. */
  private async step(id: string, template: any, touch: () => void): Promise<boolean> {
    const { Type: type } = template.Resources[id];
    const old = this.made.get(id);
    const properties = this.resolve(template.Resources[id].Properties ?? {});
    if (old !== undefined && JSON.stringify(old.properties) === JSON.stringify(properties)) { return false; }
    touch();
    this.asked.set(id, properties);
    const call = { logicalId: id, type, properties, rollingBack: false };
    const provider = this.providerOf(type);
    this.made.set(id, old === undefined ? await provider.create(call) : await provider.update(call, old));
    return true;
  }

  private async cleanUp(resources: [string, Made][], template: any): Promise<string[]> {
    const litter: string[] = [];
    const order = ordered(template);
    for (const [id, made] of [...resources].sort(([a], [b]) => order.indexOf(b) - order.indexOf(a))) {
      const { Type: type } = template.Resources[id];
      try {
        await this.providerOf(type).delete({ logicalId: id, type, properties: made.properties, rollingBack: false }, made);
      } catch (e) {
        litter.push(`${id}: ${(e as Error).message}`);
      }
    }
    return litter;
  }

  private resolve(value: any): any {
    if (Array.isArray(value)) { return value.map(v => this.resolve(v)); }
    if (typeof value !== 'object' || value === null) { return value; }
    if (value.Ref) { return PSEUDO[value.Ref] ?? this.made.get(value.Ref)!.physicalId; }
    if (value['Fn::GetAtt']) {
      const [id, attribute] = value['Fn::GetAtt'];
      return this.made.get(id)!.attributes?.[attribute] ?? `${this.made.get(id)!.physicalId}.${attribute}`;
    }
    if (value['Fn::Join']) { return this.resolve(value['Fn::Join'][1]).join(value['Fn::Join'][0]); }
    return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, this.resolve(v)]));
  }
}

/** Logical ids, each after what it depends on; those of `first`, by their beginnings, and what they need come as early as they can. */
export function ordered(template: any, first: string[] = []): string[] {
  const resources: Record<string, any> = template.Resources;
  const order: string[] = [];
  const visit = (id: string) => {
    if (order.includes(id) || !(id in resources)) { return; }
    [...references(resources[id].Properties), ...[resources[id].DependsOn ?? []].flat()].forEach(visit);
    if (!order.includes(id)) { order.push(id); }
  };
  first.flatMap(f => Object.keys(resources).filter(id => id.startsWith(f))).forEach(visit);
  Object.keys(resources).forEach(visit);
  return order;
}

function references(value: any): string[] {
  if (Array.isArray(value)) { return value.flatMap(references); }
  if (typeof value !== 'object' || value === null) { return []; }
  if (value.Ref) { return [value.Ref]; }
  if (value['Fn::GetAtt']) { return [value['Fn::GetAtt'][0]]; }
  return Object.values(value).flatMap(references);
}
