import { bareRule } from './accepted-kinds';
import { Finding } from './finding';

const TELL: Mendings = { CloudWatchAlarmAction: 'give the alarms a topic, `topic` of `addAlarms`' };
const JOBS: Mendings = Object.fromEntries(['ML-SM13', 'ML-SM31', 'ML-SM32'].map(rule => [rule, 'leave out `jobDefaults`, of pipeline and step: `JobDefaults.secure()` is the default']));

type Mendings = Record<string, string>;

/** What of the library's own API mends a finding, by the construct that judges itself: rules speak of templates, and those of cdk-nag do not know this library. */
const MENDINGS: Record<string, Mendings> = {
  EndpointAlarms: TELL,
  ModelMonitor: { CloudWatchAlarmAction: 'give the alarms a topic, `alarmTopic`' },
  InferenceEndpoint: {
    ...TELL,
    'ML-SM1': 'leave out `networkIsolation`',
    'ML-SM2': 'leave out `networkIsolation`, or give a `vpc` with two subnets',
    'ML-SM7': 'an `instanceCount` of 2 or more',
    'ML-SM11': 'leave out `ssmAccess`',
  },
  SageMakerPipeline: JOBS,
  MlTrainingPipeline: JOBS,
};

/** A line for each way of mending, with the rules that it is for. */
export function mendingLines(construct: string, findings: Finding[], spell: (property: string) => string): string[] {
  const rules = new Map<string, Set<string>>();
  for (const rule of findings.map(f => bareRule(f.rule))) {
    const mending = MENDINGS[construct]?.[rule];
    if (mending !== undefined) { rules.set(mending, (rules.get(mending) ?? new Set()).add(rule)); }
  }
  return [...rules].map(([mending, of]) => `  To mend ${[...of].join(', ')}: ${mending.replace(/`(\w+)`/g, (_, property) => spell(property)).replaceAll('`', '')}`);
}
