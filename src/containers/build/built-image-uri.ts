import { CfnResource, IResolveContext, Reference, Stack } from 'aws-cdk-lib';
import { IRepository } from 'aws-cdk-lib/aws-ecr';
import { IConstruct } from 'constructs';
import { BuildPlan, builtFrom } from './build-plan';
import { contentTag, KnownContent } from './content-tag';
import { warnLate } from '../../compliance/late-warning';
import { isElsewhere, outermostStack, waitForStack } from '../../core/stacks';
import { unnamedElsewhere } from '../unnamed-elsewhere';

/** The resource that a build is. */
export const BUILD_TYPE = 'Custom::ContainerImage';

/** Where an image is built. */
export interface BuiltImage {
  /** What is named in errors. */
  readonly scope: IConstruct;
  readonly build: CfnResource;
  readonly plan: BuildPlan;
  readonly repository: IRepository;
  /** As CloudFormation knows it. */
  readonly repositoryUri: string;
}

/**
 * Name of an image that is built while its stack deploys. By its digest in that stack. By its tag in others, since an export could not change as long as
 * they import it: the address of the repository stays the same, and the tag, which is never moved, changes in their own template.
 *
 * A reference, so that whoever looks for what a text depends on finds the build.
 */
export class BuiltImageUri extends Reference implements KnownContent {
  private readonly users = new Set<Stack>();
  private readonly runners = new Set<Stack>();

  constructor(private readonly of: BuiltImage) {
    super({}, of.build, 'ImageUri');
    of.scope.node.addValidation({ validate: () => this.problems() });
  }

  public get contentTag(): string | undefined {
    return this.known().tag;
  }

  public resolve(context: IResolveContext): any {
    const { build, repository, repositoryUri } = this.of;
    const user = Stack.of(context.scope);
    if (outermostStack(user) === outermostStack(build.stack)) { return build.getAtt('ImageUri'); }
    if (context.preparing) { this.usedBy(user, isBuild(context.scope)); }
    const unnamed = unnamedElsewhere(user, repository) !== undefined; // said below
    const uri = unnamed || user.environment === build.stack.environment ? repositoryUri : repository.repositoryUri;
    return `${uri}:${this.contentTag ?? 'unknown'}`;
  }

  /** `copied` says whether it is only built from there, which works from any Region. */
  private usedBy(user: Stack, copied: boolean): void {
    if (!this.users.has(user)) { waitForStack(user, this.of.build.stack, 'it runs an image that is built there'); }
    this.users.add(user);
    if (!copied && !this.runners.has(user)) { this.runBy(user); }
  }

  private runBy(user: Stack): void {
    this.runners.add(user);
    const { region } = this.of.build.stack;
    if (!isElsewhere(user, { region })) { return; }
    warnLate(this.of.scope, 'cdk-ml-patterns:imageOfOtherRegion',
      `Stack '${user.node.path}' in ${user.region} uses the image, which is in ${region}, and SageMaker runs those of its own Region only: `
      + 'copy it with addImage and ContainerSource.fromImage.');
  }

  private problems(): string[] {
    const unnamed = [...this.users].map(user => unnamedElsewhere(user, this.of.repository)).filter(problem => problem !== undefined);
    return [...this.unknownContent(), ...unnamed];
  }

  private unknownContent(): string[] {
    const { unknown } = this.known();
    if (unknown.length === 0) { return []; }
    return [...this.users].map(user => `stack '${user.node.path}' uses the image, so its content must be known at synth, but ${unknown.join(', ')} `
      + `${unknown.length === 1 ? 'is' : 'are'} only known at deployment: give what is known at synth, or use the image in stack '${this.of.build.stack.node.path}' only`);
  }

  private known() {
    return contentTag(this.of.build, builtFrom(this.of.plan));
  }
}

function isBuild(scope: IConstruct): boolean {
  return CfnResource.isCfnResource(scope) && scope.cfnResourceType === BUILD_TYPE;
}
