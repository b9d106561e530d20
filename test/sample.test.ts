import { CURRENTLY_RECOMMENDED_FLAGS } from 'aws-cdk-lib/cx-api';
import { dependencyCycle, expectCompliant } from './helper';
import { sample } from './sample';

/** How one stack refers to another, which CDK asks every app with two stacks to choose (and warns until it has): other intrinsics, whoever made the resources. */
const REFERENCES = '@aws-cdk/core:defaultCrossStackReferences';

/** Writes `arn:aws:` for `arn:${AWS::Partition}:` in whatever CDK formats for a known Region; both mean the same. */
const LITERALS = '@aws-cdk/core:enablePartitionLiterals';

const ENVIRONMENT = { env: { account: '111122223333', region: 'eu-west-1' } };

/** The templates as they are written to disk. */
function templates(context: Record<string, unknown> = {}, stack = {}): Record<string, string> {
  // What CDK adds for its own statistics and checks, and not for the constructs, is left out.
  const { app } = sample({ context: { [REFERENCES]: 'strong', ...context }, stack, analyticsReporting: false });
  return Object.fromEntries(app.synth().stacks.map(s => [s.stackName, JSON.stringify(s.template, undefined, 1)]));
}

test('the first example is clean: no finding, no warning, no circle', () => {
  const { training, serving } = sample({ context: { [REFERENCES]: 'strong' } });
  for (const stack of [training, serving]) {
    expect(dependencyCycle(expectCompliant(stack).toJSON())).toBeUndefined();
  }
});

test('the same program gives the same bytes', () => {
  expect(templates()).toEqual(templates());
});

test('the templates are the same under no feature flags and under all recommended ones', () => {
  expect(Object.keys(CURRENTLY_RECOMMENDED_FLAGS).length).toBeGreaterThan(50);
  const { [REFERENCES]: _, ...flags } = CURRENTLY_RECOMMENDED_FLAGS as Record<string, unknown>;
  expect(templates(flags)).toEqual(templates());
});

test('the templates are the same under all recommended feature flags in a known environment', () => {
  const { [REFERENCES]: _, [LITERALS]: __, ...flags } = CURRENTLY_RECOMMENDED_FLAGS as Record<string, unknown>;
  expect(templates(flags, ENVIRONMENT)).toEqual(templates({}, ENVIRONMENT));
});

test('under all recommended feature flags the first example is as clean', () => {
  const { training, serving } = sample({ context: CURRENTLY_RECOMMENDED_FLAGS });
  [training, serving].forEach(expectCompliant);
});
