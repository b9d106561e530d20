import { expectSdk } from './equal';
import { ConditionStep, FailStep, PipelineCondition, PipelineExecution, PipelineParameter } from '../../../src';

test('every condition', () => {
  const i = PipelineParameter.integer('I', { defaultValue: 1 });
  const s = PipelineParameter.text('S', { defaultValue: 'a' });
  const b = PipelineParameter.flag('B', { defaultValue: true });
  const f = PipelineParameter.number('F', { defaultValue: 1.5 });
  const fail = (name: string) => new FailStep(name, { message: 'm' });
  expectSdk('v2/conditions_all', () => ({
    parameters: [i, s, b, f],
    steps: [new ConditionStep('Outer', {
      displayName: 'Gate',
      condition: PipelineCondition.all(
        s.equalTo('a'), i.greaterThan(3), f.atLeast(1.25), i.lessThan(f.asNumber()), i.atMost(10), s.oneOf('a', 'b', PipelineExecution.PIPELINE_NAME.asString()),
        PipelineCondition.none(b.equalToFlag(false)), PipelineCondition.any(b.equalToFlag(true), PipelineCondition.none(i.oneOfNumbers(1, 2))),
      ),
      ifSteps: [new ConditionStep('Inner', { condition: s.equalTo('a'), ifSteps: [fail('InnerIf')] })],
      elseSteps: [fail('OuterElse')],
    })],
  }));
});
