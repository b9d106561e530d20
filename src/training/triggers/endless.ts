import { Stack, Stage } from 'aws-cdk-lib';
import { IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct, IConstruct } from 'constructs';
import { TriggeredPipeline, TriggerKind } from './trigger-kind';
import { AppWide } from '../../app/app-wide';
import { warnLate } from '../../compliance/late-warning';
import { circles } from '../definition/graph';
import { shown } from '../definition/literal';
import { S3Location, s3Location } from '../definition/s3-uri';

/** A pipeline of the app, and what starts it by now. */
interface Started {
  readonly scope: Construct;
  readonly pipeline: TriggeredPipeline;
  readonly triggers: () => TriggerKind[];
}

const STARTED = new AppWide<Started>();

/** Looks at synth, when all pipelines and triggers are there, for pipelines that start each other or themselves. */
export function watchForCircles(pipeline: TriggeredPipeline, triggers: () => TriggerKind[]): void {
  const { scope } = pipeline;
  STARTED.add({ scope, pipeline, triggers });
  scope.node.addValidation({
    validate: () => {
      const all = STARTED.around(scope);
      const ofStage = all.filter(s => Stage.of(s.scope) === Stage.of(scope)).map(s => s.scope); // a stage is synthesised by itself
      if (ofStage[0] === scope) { warnOfCircles(ofStage, all); }
      return [];
    },
  });
}

/** The S3 URI among those that a pipeline writes to that names such a place of a bucket, if one does. */
export function writtenTo({ scope, writes }: TriggeredPipeline, bucket: IBucket, such: (place: S3Location) => boolean): string | undefined {
  const bucketArn = `arn:${Stack.of(scope).partition}:s3:::${bucket.bucketName}`;
  const found = writes().find(uri => {
    const place = s3Location(scope, uri);
    return place?.bucketArn === bucketArn && such(place);
  });
  return found === undefined ? undefined : shown(found);
}

/** Once for each circle, at the first of its pipelines, if that is one of `here`. */
function warnOfCircles(here: Construct[], known: Started[]): void {
  const all = known.map(({ scope, pipeline, triggers }) => ({
    name: outermost(scope, known).node.path, pipeline: { ...pipeline, writes: once(pipeline.writes) }, triggers,
  }));
  const starts = all.flatMap(to => to.triggers().filter(t => t.startedBy !== undefined).flatMap(t => all.flatMap(from => {
    const why = t.startedBy!(from.pipeline, to.pipeline);
    return why === undefined ? [] : [{ from: from.name, to: to.name, why }];
  })));
  for (const circle of circles([...new Set(all.map(s => s.name))], starts)) {
    const first = here.find(scope => scope.node.path === circle[0]);
    if (first === undefined) { continue; }
    const reasons = circle.slice(1).map((to, i) => `'${to}' starts when '${circle[i]}' ${starts.find(s => s.from === circle[i] && s.to === to)!.why}`);
    warnLate(first, 'cdk-ml-patterns:endlessTriggers',
      `Each execution may start the next, for ever: ${reasons.join(', and ')}. Take one of the triggers out, or have a condition among the steps end it.`);
  }
}

/** A pipeline that stands in another construct is the same as that one. */
function outermost(scope: Construct, all: Started[]): IConstruct {
  const scopes = new Set(all.map(s => s.scope));
  return scope.node.scopes.find(other => scopes.has(other as Construct))!;
}

/** What a function gives, asked for no more than once. */
function once<T>(get: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: get() }).value;
}
