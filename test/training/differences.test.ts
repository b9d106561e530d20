import { Difference, differences } from './differences';
import { reference } from './sdk/equal';

const before = reference('v2/seed_abalone');

/** Differences of the seed, of which one thing is changed. */
function after(change: (definition: any) => void): Difference[] {
  const changed = structuredClone(before);
  change(changed);
  return differences(before, changed);
}

const swap = (list: any[], i = 0) => list.splice(i, 2, list[i + 1], list[i]);
const outputs = (d: any) => d.Steps[0].Arguments.ProcessingOutputConfig.Outputs;
const message = (d: any) => d.Steps[3].Arguments.ElseSteps[0].Arguments;

test('nothing differs from itself', () => {
  expect(after(() => undefined)).toEqual([]);
});

describe('the comparison notices', () => {
  test.each<[string, (definition: any) => void, string]>([
    ['another value', d => { d.Steps[1].Arguments.StoppingCondition.MaxRuntimeInSeconds = 1; }, '$.Steps[Train].Arguments.StoppingCondition.MaxRuntimeInSeconds'],
    ['a number as a text', d => { d.Steps[1].Arguments.StoppingCondition.MaxRuntimeInSeconds = '86400'; }, '$.Steps[Train].Arguments.StoppingCondition.MaxRuntimeInSeconds'],
    ['a dropped key', d => { delete d.Steps[0].Arguments.AppSpecification.ContainerArguments; }, '$.Steps[Process].Arguments.AppSpecification.ContainerArguments'],
    ['an empty object where there is none', d => { d.Steps[0].Arguments.NetworkConfig = {}; }, '$.Steps[Process].Arguments.NetworkConfig'],
    ['an empty list where there is none', d => { d.Steps[1].DependsOn = []; }, '$.Steps[Train].DependsOn'],
    ['a null where there is none', d => { d.MlflowConfig = null; }, '$.MlflowConfig'],
    ['a dropped empty object', d => { delete d.Metadata; }, '$.Metadata'],
    ['a dropped step', d => { d.Steps.splice(2, 1); }, '$.Steps[Evaluate]'],
    ['a dropped step of a branch', d => { d.Steps[3].Arguments.IfSteps = []; }, '$.Steps[CheckMse].Arguments.IfSteps[Register-RegisterModel]'],
    ['a step twice', d => { d.Steps.push(structuredClone(d.Steps[0])); }, '$.Steps[Process#2]'],
    ['a second step of one name', d => { d.Steps.splice(1, 0, { Name: 'Train', Type: 'Fail' }); }, '$.Steps[Train#2]'],
    ['an output twice', d => { outputs(d).push(outputs(d)[0]); }, '$.Steps[Process].Arguments.ProcessingOutputConfig.Outputs[train#2]'],
    ['a parameter twice', d => { d.Parameters.push(d.Parameters[0]); }, '$.Parameters[InputData#2]'],
    ['a list that one word is added to', d => { d.Steps[0].Arguments.AppSpecification.ContainerEntrypoint.push('-v'); }, '$.Steps[Process].Arguments.AppSpecification.ContainerEntrypoint[2]'],
    ['a member without its name', d => { delete outputs(d)[0].OutputName; }, '$.Steps[Process].Arguments.ProcessingOutputConfig.Outputs[0].OutputName'],
    ['steps in another order', d => { swap(d.Steps); }, '$.Steps order'],
    ['parameters in another order', d => { swap(d.Parameters, 2); }, '$.Parameters order'],
    ['outputs in another order', d => { swap(outputs(d)); }, '$.Steps[Process].Arguments.ProcessingOutputConfig.Outputs order'],
    ['channels in another order', d => { swap(d.Steps[1].Arguments.InputDataConfig); }, '$.Steps[Train].Arguments.InputDataConfig order'],
    ['words in another order', d => { swap(d.Steps[0].Arguments.AppSpecification.ContainerEntrypoint); }, '$.Steps[Process].Arguments.AppSpecification.ContainerEntrypoint[0]'],
    ['steps in the other branch', d => { const a = d.Steps[3].Arguments; [a.IfSteps, a.ElseSteps] = [a.ElseSteps, a.IfSteps]; }, '$.Steps[CheckMse].Arguments.IfSteps[MseTooHigh]'],
    ['another type', d => { d.Steps[0].Type = 'Training'; }, '$.Steps[Process].Type'],
    ['another reference', d => { d.Steps[1].Arguments.InputDataConfig[0].DataSource.S3DataSource.S3Uri.Get = 'Steps.Process.X'; }, '$.Steps[Train].Arguments.InputDataConfig[train].DataSource.S3DataSource.S3Uri.Get'],
    ['another text in a join', d => { message(d).ErrorMessage['Std:Join'].On = ''; }, '$.Steps[CheckMse].Arguments.ElseSteps[MseTooHigh].Arguments.ErrorMessage.Std:Join.Values[0]'],
    ['a bare variable where a text was joined', d => { message(d).ErrorMessage = { Get: 'Parameters.MseThreshold' }; }, '$.Steps[CheckMse].Arguments.ElseSteps[MseTooHigh].Arguments.ErrorMessage.Get'],
    ['a joined variable where it was bare', d => { d.Steps[1].Arguments.ResourceConfig.InstanceType = { 'Std:Join': { On: '', Values: [d.Steps[1].Arguments.ResourceConfig.InstanceType] } }; }, '$.Steps[Train].Arguments.ResourceConfig.InstanceType.Std:Join'],
    ['another number in a list', d => { d.Parameters[2].DefaultValue = 2; }, '$.Parameters[ProcessingInstanceCount].DefaultValue'],
  ])('%s', (_, change, path) => {
    expect(after(change).map(d => d.path)).toContain(path);
  });

  test('an order once, and by the names of what is in it', () => {
    expect(after(d => { swap(d.Steps, 1); })).toEqual([
      { path: '$.Steps order', expected: ['Process', 'Train', 'Evaluate', 'CheckMse'], actual: ['Process', 'Evaluate', 'Train', 'CheckMse'] },
    ]);
  });

  test('a step that is missing as such, and not as another order', () => {
    expect(after(d => { d.Steps.shift(); }).map(d => d.path)).toEqual(['$.Steps[Process]']);
  });
});

describe('the comparison does not mind', () => {
  const join = (On: string, ...Values: unknown[]) => ({ 'Std:Join': { On, Values } });

  test('the separator of a join that yields the same text', () => {
    expect(differences(join('/', 'a', 'b', { Get: 'x' }), join('', 'a/b/', { Get: 'x' }))).toEqual([]);
  });

  test('the order of keys', () => {
    expect(differences({ a: 1, b: 2 }, { b: 2, a: 1 })).toEqual([]);
  });
});
