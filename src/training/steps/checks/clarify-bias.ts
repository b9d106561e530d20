import { checkSome, ClarifyField, ClarifyValues } from './clarify-field';
import { Problems } from '../../../core/problems';

/** https://docs.aws.amazon.com/sagemaker/latest/dg/clarify-measure-data-bias.html */
export const PRE_TRAINING = ['CI', 'DPL', 'KL', 'JS', 'LP', 'TVD', 'KS', 'CDDL'];

/** https://docs.aws.amazon.com/sagemaker/latest/dg/clarify-measure-post-training-bias.html */
export const POST_TRAINING = ['DPPL', 'DI', 'DCA', 'DCR', 'RD', 'DAR', 'DRR', 'AD', 'CDDPL', 'TE', 'FT', 'SD', 'GE'];

/**
 * A column that tells groups of people, or of other things, apart.
 */
export interface ClarifyFacet {
  /** The column. */
  readonly field: ClarifyField;

  /**
   * The values of the group that is looked at; one number is the value above which it lies.
   *
   * @default - each value of the column is looked at
   */
  readonly values?: ClarifyValues;
}

/**
 * What bias is measured by.
 */
export interface ClarifyBiasOptions {
  /** The labels that are good for whoever gets them; one number is the value above which they lie. */
  readonly labelValues: ClarifyValues;

  /** The columns that tell groups apart, 1 or more. */
  readonly facets: ClarifyFacet[];

  /**
   * The column of subgroups, for the metrics CDDL and CDDPL.
   *
   * @default - none
   */
  readonly group?: ClarifyField;

  /**
   * Short names of the metrics that are calculated, for example `DPL`.
   *
   * @default - all
   */
  readonly methods?: string[];
}

/**
 * `known` are the metrics of the kind.
 *
 * @internal
 */
export function checkBias(name: string, bias: ClarifyBiasOptions, known: string[], problems: Problems): void {
  checkSome(`${name}.facets`, bias.facets, problems);
  checkSome(`${name}.labelValues`, bias.labelValues._values, problems);
  bias.facets.forEach(({ values }, i) => checkSome(`${name}.facets[${i}].values`, values?._values, problems));
  problems.count(`${name}.methods`, bias.methods, 1, known.length);
  bias.methods?.forEach((method, i) => problems.oneOf(`${name}.methods[${i}]`, method, known));
}

/**
 * As it stands in the file.
 *
 * @internal
 */
export function renderBias({ labelValues, facets, group }: ClarifyBiasOptions): object {
  return {
    label_values_or_threshold: labelValues._values,
    facet: facets.map(({ field, values }) => ({ name_or_index: field._value, value_or_threshold: values?._values })),
    group_variable: group?._value,
  };
}
