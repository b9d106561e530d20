import { MAX_PLACES, ROOT } from './names';
import { ProcessingInput } from './processing-input';
import { checkProcessingJob, renderProcessingJob, warnOfProcessingJob } from './processing-job';
import { ProcessingOutput } from './processing-output';
import { checkReport, nameOf, ProcessingReport, readReport, renderReport } from './processing-report';
import { InputContext } from './processing-source';
import { ProcessingStepProps } from './processing-step-props';
import { warnLate } from '../../../compliance/late-warning';
import { SageMakerImage } from '../../../containers/sagemaker-image';
import { Problems } from '../../../core/problems';
import { ReportMetric } from '../../definition/report-metric';
import { runContainer, runJobs } from '../job-permissions';
import { JobStep } from '../job-step';
import { StepContext, StepPermissions } from '../step-context';
import { warnOfPackages } from '../training/training-code';

/** https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_AppSpecification.html */
const MAX_WORDS = 100;
const WORD = /^[\s\S]{0,256}$/;

/** Where code of the user is brought in, and what the input is called, as in the SageMaker Python SDK. */
const CODE = 'code';
const CODE_PATH = `${ROOT}/input/code`;

/** Why an image of the container kit must be told what to run. */
const SERVES = "since an image of the container kit serves by itself, and the job would not end: give the command of a program in it, for example ['python3', "
  + "'/opt/program/preprocess.py'] for prepare() or ['python3', '/opt/program/evaluate.py'] for evaluate(), or code";

/**
 * A step that runs a container over data: preparing it, or evaluating a model.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/build-and-manage-steps-types.html#step-type-processing
 */
export class ProcessingStep extends JobStep {
  private readonly inputs: ProcessingInput[];
  private readonly outputs: ProcessingOutput[];
  private readonly reports: ProcessingReport[];

  /**
   * @param stepName up to 64 letters, digits, dashes and underscores, unique in the pipeline
   * @param props image, data and instances
   */
  constructor(stepName: string, private readonly props: ProcessingStepProps) {
    super(stepName, 'Processing', props);
    this.inputs = props.inputs ?? [];
    this.outputs = props.outputs ?? [];
    this.reports = [...props.report === undefined ? [] : [props.report], ...props.moreReports ?? []];
  }

  /**
   * S3 URI of an output.
   *
   * @param outputName one of the step's outputs
   */
  public output(outputName: string): string {
    this.mustKnow('output', outputName, this.outputs.map(o => o.outputName));
    return this._variable(`ProcessingOutputConfig.Outputs['${outputName}'].S3Output.S3Uri`).asString();
  }

  /**
   * A value in the report of the step, usually a number.
   *
   * @param path where it stands, for example `regression_metrics.mse.value`
   */
  public metric(path: string): ReportMetric {
    const [first] = this.reports.map(nameOf);
    if (first === undefined) { throw new Error(`Step '${this.stepName}' has no report to read the metric '${path}' from`); }
    return ReportMetric._of(this, first, path);
  }

  /**
   * A value in one of the step's reports.
   *
   * @param reportName which report, the first or one of `moreReports`
   * @param path where it stands, for example `regression_metrics.mse.value`
   */
  public metricOf(reportName: string, path: string): ReportMetric {
    this.mustKnow('report', reportName, this.reports.map(nameOf));
    return ReportMetric._of(this, reportName, path);
  }

  /** @internal */
  public get _image(): SageMakerImage {
    return this.props.image;
  }

  /** @internal */
  public _check(problems: Problems): void {
    super._check(problems);
    const name = (prop: string) => `step '${this.stepName}'.${prop}`;
    const { props, inputs, outputs, reports } = this;
    for (const list of ['entrypoint', 'arguments'] as const) {
      if (!problems.knownList(name(list), props[list])) { continue; }
      problems.count(name(list), props[list], 1, MAX_WORDS);
      props[list]?.forEach((word, i) => problems.pattern(`${name(list)}[${i}]`, word, WORD, 'be at most 256 characters'));
    }
    props.code?._check(name('code'), problems);
    problems.check(!this.startsServer() || props.image._kitBase !== 'default', `${name('entrypoint')} must be given, ${SERVES}`);
    problems.check(props.code === undefined || props.entrypoint === undefined, `${name('entrypoint')} must be left out, since code says what runs`);
    problems.count(name('inputs'), props.code === undefined ? inputs : [...inputs, CODE], 0, MAX_PLACES);
    problems.count(name('outputs'), outputs, 0, MAX_PLACES);
    problems.unique(`${name('inputs')} names`, [...inputs.map(i => i.inputName), ...props.code === undefined ? [] : [CODE]]);
    problems.unique(`${name('outputs')} names`, outputs.map(o => o.outputName));
    problems.unique(`${name('reports')} names`, reports.map(nameOf));
    inputs.forEach((input, i) => input._check(`${name('inputs')}[${i}]`, problems));
    outputs.forEach((output, i) => output._check(`${name('outputs')}[${i}]`, problems));
    if (props.report !== undefined) { checkReport(name('report'), props.report, outputs, problems); }
    props.moreReports?.forEach((report, i) => checkReport(name(`moreReports[${i}]`), report, outputs, problems));
    checkProcessingJob(props, props.image, name, problems);
  }

  /** @internal */
  public _permissions(context: StepContext): StepPermissions {
    const { scope } = context;
    const { inputs, outputs, props } = this;
    return {
      pipeline: [runJobs(scope, 'ProcessingJob', 'processing-job'), ...this.reports.flatMap(r => readReport(scope, r, outputs))],
      job: [
        ...runContainer(context, props.image, 'ProcessingJobs'),
        ...props.code?._place(scope).permissions ?? [],
        ...inputs.flatMap(i => i._permissions(this.around(i, context))),
        ...outputs.flatMap(o => o._permissions(scope)),
      ],
    };
  }

  /** @internal */
  public _warn(context: StepContext): void {
    warnOfProcessingJob(this.stepName, this.props, context);
    warnOfPackages(this.stepName, this.props.code, 'command', context);
    if (this.startsServer()) {
      warnLate(context.scope, 'cdk-ml-patterns:kitServesInProcessing',
        `Step '${this.stepName}' has no entrypoint, ${SERVES}. Accept it if its base image has an entry point that does what the step shall do.`);
    }
  }

  /** @internal */
  protected _arguments(context: StepContext): object {
    const { props, inputs, outputs, stepName } = this;
    const code = props.code && ProcessingInput.s3(CODE, props.code._place(context.scope).uri, { localPath: CODE_PATH });
    return renderProcessingJob(props, {
      imageUri: props.image.imageUri,
      entrypoint: props.code?._command(CODE_PATH) ?? props.entrypoint,
      arguments: props.arguments,
      inputs: [...inputs, ...code === undefined ? [] : [code]].map(i => i._render(this.around(i, context))),
      outputs: outputs.map(o => o._render(() => context.defaultUri(stepName, o.outputName))),
    }, context);
  }

  /** @internal */
  protected _extra(): object {
    return { PropertyFiles: this.reports.length === 0 ? undefined : this.reports.map(renderReport) };
  }

  /** What an image of the container kit runs by itself; arguments alone are a command, unless they are options. */
  private startsServer(): boolean {
    const { image, code, entrypoint, arguments: [first = '-'] = [] } = this.props;
    return image._kitBase !== undefined && code === undefined && entrypoint === undefined && first.startsWith('-');
  }

  private around({ inputName }: ProcessingInput, { scope, protection, defaultUri }: StepContext): InputContext {
    return { scope, keyArn: protection.key?.keyArn, defaultUri: () => defaultUri(this.stepName, 'queries', inputName) };
  }

  private mustKnow(kind: string, name: string, known: string[]): void {
    if (known.includes(name)) { return; }
    throw new Error(`Step '${this.stepName}' has no ${kind} '${name}'; it has: ${known.length > 0 ? known.join(', ') : 'none'}`);
  }
}
