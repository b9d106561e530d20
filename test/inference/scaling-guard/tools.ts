import { FakeAws } from '../../simulator/aws';

// eslint-disable-next-line @typescript-eslint/no-require-imports
export const code = require('../../../lambda/scaling-guard/index.js');

/** The function as Lambda runs it, with a clock that only sleeping moves. */
export function invoker(world: FakeAws, budgetMs = 300_000) {
  const answers: any[] = [];
  const invoke = async (event: any): Promise<any> => {
    let left = budgetMs;
    await code.handle(event, {
      aws: world.aws.bind(world),
      parameter: 'Snapshots',
      timeLeft: () => left,
      now: () => Date.parse('2030-01-01T00:00:00Z'),
      sleep: async (ms: number) => { left -= ms; },
      outOfTime: () => new Promise(() => undefined),
      put: async (_: string, body: string) => { answers.push(JSON.parse(body)); },
    });
    return answers.at(-1);
  };
  return { invoke, answers };
}

/** What the function says to its log is no output of a test. */
export function quiet(): void {
  beforeEach(() => {
    jest.spyOn(console, 'log').mockImplementation();
    jest.spyOn(console, 'error').mockImplementation();
  });
  afterEach(() => jest.restoreAllMocks());
}
