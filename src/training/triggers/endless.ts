import { Stack } from 'aws-cdk-lib';
import { IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct, IConstruct } from 'constructs';
import { TriggeredPipeline, TriggerKind } from './trigger-kind';
import { warnLate } from '../../compliance/late-warning';
import { circles } from '../definition/graph';
import { shown } from '../definition/literal';
import { s3Location } from '../definition/s3-uri';

/** A pipeline of the app, and what starts it by now. */
interface Started {
  readonly pipeline: TriggeredPipeline;
  readonly triggers: () => TriggerKind[];
}

/** All pipelines of each app, in the order in which they were made. */
const APPS = new WeakMap<IConstruct, Started[]>();

/** Looks at synth, when all pipelines and triggers are there, for pipelines that start each other or themselves. */
export function watchForCircles(started: Started): void {
  const { scope } = started.pipeline;
  const app = scope.node.root;
  APPS.set(app, [...APPS.get(app) ?? [], started]);
  scope.node.addValidation({
    validate: () => {
      warnOfCircles(scope, APPS.get(app)!);
      return [];
    },
  });
}

/** The S3 URI among those that a pipeline writes to that lies below a prefix of a bucket, if one does. */
export function writtenBelow({ scope, writes }: TriggeredPipeline, bucket: IBucket, prefix: string): string | undefined {
  const bucketArn = `arn:${Stack.of(scope).partition}:s3:::${bucket.bucketName}`;
  const found = writes().find(uri => {
    const place = s3Location(scope, uri);
    return place?.bucketArn === bucketArn && `${place.prefix}/`.startsWith(prefix);
  });
  return found === undefined ? undefined : shown(found);
}

/** Once for each circle, at the first of its pipelines. */
function warnOfCircles(scope: Construct, all: Started[]): void {
  const nameOf = ({ pipeline }: Started) => outermost(pipeline.scope, all).node.path;
  const starts = all.flatMap(from => all.flatMap(to => {
    const why = to.triggers().map(t => t.startedBy?.(from.pipeline, to.pipeline)).find(w => w !== undefined);
    return why === undefined ? [] : [{ from: nameOf(from), to: nameOf(to), why }];
  }));
  for (const circle of circles([...new Set(all.map(nameOf))], starts).filter(([first]) => first === scope.node.path)) {
    const reasons = circle.slice(1).map((to, i) => `'${to}' starts when '${circle[i]}' ${starts.find(s => s.from === circle[i] && s.to === to)!.why}`);
    warnLate(scope, 'cdk-ml-patterns:endlessTriggers',
      `Each execution may start the next, for ever: ${reasons.join(', and ')}. Take one of the triggers out, or have a condition among the steps end it.`);
  }
}

/** A pipeline that stands in another construct is the same as that one. */
function outermost(scope: Construct, all: Started[]): IConstruct {
  const scopes = all.map(s => s.pipeline.scope);
  return scope.node.scopes.find(s => scopes.some(other => other === s))!;
}
