import { PipelineParameter } from '../../../../src';
import { renderVariables } from '../../../../src/training/definition/render';
import { jsonText } from '../../../../src/training/steps/flow/json-text';

test('JSON without variables is JSON, with keys in order', () => {
  const value = { b: [1, 'x"y', null, true, { z: undefined }], a: {} };
  expect(jsonText(value)).toBe('{"a":{},"b":[1,"x\\"y",null,true,{}]}');
});

test('variables stand in it as what they are', () => {
  const [text, rate, on] = [PipelineParameter.text('Text'), PipelineParameter.number('Rate'), PipelineParameter.flag('On')];
  const json = jsonText({ alone: text, text: `a/${text.asString()}`, number: rate.asNumber(), flag: on });
  expect(renderVariables(json, () => undefined)).toEqual({
    'Std:Join': {
      On: '',
      Values: [
        '{"alone":"', { Get: 'Parameters.Text' }, '","flag":', { Get: 'Parameters.On' }, ',"number":', { Get: 'Parameters.Rate' }, ',"text":"a/', { Get: 'Parameters.Text' }, '"}',
      ],
    },
  });
});
