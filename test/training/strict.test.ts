import { readdirSync, readFileSync } from 'fs';
import { join } from 'path';
import { Mistake } from './mistakes';
import { reference } from './sdk/equal';
import { strictFaults } from './strict';

const NAMES = ['v2', 'v3'].flatMap(v => readdirSync(join(__dirname, 'reference', v)).map(file => `${v}/${file.replace('.json', '')}`));

test('there are 24 references', () => {
  expect(NAMES).toHaveLength(24);
});

test.each(NAMES)('%s is without faults', name => {
  expect(strictFaults(reference(name))).toEqual([]);
});

test('each is compared with what the library emits', () => {
  const folder = join(__dirname, 'sdk');
  const tests = readdirSync(folder).filter(file => file.endsWith('.test.ts')).map(file => readFileSync(join(folder, file), 'utf8')).join('\n');
  expect(NAMES.filter(name => !tests.includes(`expectSdk('${name}'`))).toEqual([]);
});

/** A step of the reference, by its name. */
function step(definition: any, name: string): any {
  return [...definition.Steps, ...definition.Steps[3].Arguments.IfSteps, ...definition.Steps[3].Arguments.ElseSteps].find(s => s.Name === name);
}

const number = { Get: 'Parameters.ProcessingInstanceCount' };
const jsonGet = (d: any) => step(d, 'CheckMse').Arguments.Conditions[0].LeftValue['Std:JsonGet'];

const MUTATIONS: Record<Mistake, [change: (d: any) => unknown, fault: RegExp]> = {
  'a misspelt output': [d => step(d, 'Train').Arguments.InputDataConfig[0].DataSource.S3DataSource.S3Uri = { Get: "Steps.Process.ProcessingOutputConfig.Outputs['trian'].S3Output.S3Uri" }, /unknown output trian/],
  'an unknown step': [d => step(d, 'Train').Arguments.InputDataConfig[0].DataSource.S3DataSource.S3Uri = { Get: 'Steps.Proces.X' }, /unknown step Proces/],
  'an unknown property file': [d => jsonGet(d).PropertyFile = { Get: 'Steps.Evaluate.PropertyFiles.Typo' }, /unknown file Typo/],
  'a property file in no output': [d => step(d, 'Evaluate').PropertyFiles[0].OutputName = 'typo', /unknown output typo/],
  'an undeclared parameter': [d => step(d, 'Process').Arguments.ProcessingResources.ClusterConfig.InstanceType = { Get: 'Parameters.Typo' }, /undeclared parameter Typo/],
  'an undeclared parameter of the experiment': [d => d.PipelineExperimentConfig.ExperimentName = { Get: 'Parameters.Typo' }, /undeclared parameter Typo/],
  'a number in a text place': [d => step(d, 'Train').Arguments.HyperParameters.num_round = 50, /must be string/],
  'a numeric parameter alone in a text place': [d => step(d, 'Train').Arguments.HyperParameters.num_round = number, /^a number in a place for text/],
  'a numeric parameter alone in a list of texts': [d => step(d, 'Process').Arguments.AppSpecification.ContainerArguments[1] = number, /^a number in a place for text/],
  'a text in a number place': [d => step(d, 'Process').Arguments.ProcessingResources.ClusterConfig.InstanceCount = '1', /InstanceCount/],
  'a list as one variable': [d => step(d, 'Process').Arguments.AppSpecification.ContainerArguments = { Get: 'Parameters.InputData' }, /must be array/],
  'a wrong type of condition': [d => step(d, 'CheckMse').Arguments.Conditions[0].Type = 'ConditionLessThanOrEqualTo', /Conditions/],
  'a path that is a variable': [d => jsonGet(d).Path = { Get: 'Parameters.InputData' }, /JsonGet/],
  'a property file by its name': [d => Object.assign(jsonGet(d), { Step: 'Evaluate', PropertyFile: 'EvaluationReport' }), /JsonGet/],
  'two steps of one name': [d => step(d, 'Train').Name = 'Process', /step Process stands there twice/],
  'two steps of one name in branches': [d => step(d, 'MseTooHigh').Name = 'Train', /step Train stands there twice/],
  'two parameters of one name': [d => d.Parameters[1].Name = 'InputData', /parameter InputData stands there twice/],
  'a circle': [d => step(d, 'Process').DependsOn = ['Evaluate'], /circle at/],
  'a step that waits for itself': [d => step(d, 'Process').DependsOn = ['Process'], /circle at Process/],
  'a condition that waits for its branch': [d => step(d, 'CheckMse').DependsOn = ['Register-RegisterModel'], /CheckMse cannot see Register/],
  'a reference into a branch': [d => step(d, 'Train').Arguments.Environment = { X: { Get: 'Steps.Register-RegisterModel.ModelPackageArn' } }, /Train cannot see Register/],
  'dependence into a branch': [d => step(d, 'Train').DependsOn = ['Register-RegisterModel'], /Train cannot see Register/],
  'dependence on Fail': [d => step(d, 'Register-RegisterModel').DependsOn = ['MseTooHigh'], /depends on the Fail step/],
  'dependence on an unknown step': [d => step(d, 'Train').DependsOn = ['Typo'], /unknown step Typo/],
  'a trigger that there is not': [d => step(d, 'Train').DependsOn = [{ Step: 'Process', Trigger: 'Broken' }], /DependsOn/],
  'a required key that is missing': [d => delete step(d, 'Train').Arguments.OutputDataConfig, /OutputDataConfig/],
  'a required key of a list that is missing': [d => delete step(d, 'Process').Arguments.ProcessingOutputConfig.Outputs[0].OutputName, /OutputName/],
  'an unknown key': [d => step(d, 'Train').Arguments.Typo = 1, /Typo/],
  'a name that the service refuses in pipelines': [d => step(d, 'Register-RegisterModel').Arguments.ModelPackageName = 'x', /ModelPackageName/],
  'a name that is too long': [d => step(d, 'Train').Name = 'T'.repeat(65), /Name/],
  'a name with a space': [d => step(d, 'Train').Name = 'Train it', /Name/],
  'an unknown type of step': [d => step(d, 'Train').Type = 'Trainig', /Type|Trainig/],
  'a parameter of an unknown type': [d => d.Parameters[0].Type = 'Text', /Type/],
  'a cache of a step that has none': [d => step(d, 'CheckMse').CacheConfig = { Enabled: true }, /CacheConfig/],
  'too many instances': [d => step(d, 'Process').Arguments.ProcessingResources.ClusterConfig.InstanceCount = 101, /InstanceCount/],
  'no steps': [d => delete d.Steps, /Steps/],
  'too large': [d => step(d, 'MseTooHigh').Arguments.ErrorMessage = 'x'.repeat(1_048_576), /the definition has \d+ bytes/],
};

test.each(Object.entries(MUTATIONS))('%s is found', (_, [change, fault]) => {
  const definition = reference('v2/seed_abalone');
  change(definition);
  expect(strictFaults(definition).join('\n')).toMatch(fault);
});
