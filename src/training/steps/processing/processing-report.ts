import { IConstruct } from 'constructs';
import { ProcessingOutput } from './processing-output';
import { Problems } from '../../../core/problems';
import { Permission } from '../../../identity/permission-statement';
import { readFile } from '../../definition/s3-uri';

const PATH = /^(?!\/)(?!(.*\/)?\.\.\/).+\.json$/;
const NAME = /^[A-Za-z0-9\-_]{1,64}$/;

/** Every default stands here, and only here. */
const DEFAULTS = { reportName: 'Report' };

/**
 * A JSON file that a processing step writes, so that conditions can read metrics from it.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/build-and-manage-propertyfile.html
 */
export interface ProcessingReport {
  /** The output that holds the file. */
  readonly outputName: string;

  /** Path of the file in the output, for example `evaluation.json`. */
  readonly path: string;

  /**
   * Name of the report, unique in its step.
   *
   * @default 'Report'
   */
  readonly reportName?: string;
}

/**
 * What it is called.
 *
 * @internal
 */
export function nameOf({ reportName }: ProcessingReport): string {
  return reportName ?? DEFAULTS.reportName;
}

/**
 * `outputs` are those of the step.
 *
 * @internal
 */
export function checkReport(name: string, report: ProcessingReport, outputs: ProcessingOutput[], problems: Problems): void {
  problems.oneOf(`${name}.outputName`, report.outputName, outputs.map(o => o.outputName));
  problems.pattern(`${name}.path`, report.path, PATH, "be a relative path to a .json file, without '..'");
  problems.pattern(`${name}.reportName`, report.reportName, NAME, 'be 1 to 64 letters, digits, - and _');
}

/**
 * Conditions read the file with the role of the pipeline; what lies below the pipeline's own prefix it may read already.
 *
 * @internal
 */
export function readReport(scope: IConstruct, report: ProcessingReport, outputs: ProcessingOutput[]): Permission[] {
  const destination = outputs.find(o => o.outputName === report.outputName)?._destination;
  return destination === undefined ? [] : readFile(scope, `${destination.replace(/\/$/, '')}/${report.path}`);
}

/**
 * As it stands in a definition.
 *
 * @internal
 */
export function renderReport(report: ProcessingReport): object {
  return { PropertyFileName: nameOf(report), OutputName: report.outputName, FilePath: report.path };
}
