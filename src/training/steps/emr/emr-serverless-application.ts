import { ArnFormat, Stack } from 'aws-cdk-lib';
import { IApplicationRef } from 'aws-cdk-lib/aws-emrserverless';
import { IConstruct } from 'constructs';
import { Problems } from '../../../core/problems';
import { sorted } from '../../../core/sorted';
import { Permission } from '../../../identity/permission-statement';
import { holdsVariable } from '../../definition/literal';
import { checkTags } from '../job-tags';

const JOB_RUNS_REASON = 'The ids of job runs are not known before they start.';
const serverless = (...actions: string[]) => actions.map(a => `emr-serverless:${a}`);

/**
 * An EMR Serverless application that a step makes.
 *
 * What else `CreateApplication` of EMR Serverless can be told goes in with `addOverride('Arguments.ApplicationConfig.…', value)`.
 */
export interface EmrServerlessApplicationOptions {
  /** Release of EMR, for example `emr-7.1.0`. */
  readonly releaseLabel: string;

  /**
   * What it runs: `Spark` or `Hive`.
   *
   * @default 'Spark'
   */
  readonly engine?: string;

  /**
   * Processors: `ARM64` or `X86_64`.
   *
   * @default - what EMR Serverless takes, X86_64
   */
  readonly architecture?: string;

  /**
   * Tags of the application.
   *
   * @default - none
   */
  readonly tags?: { [key: string]: string };
}

/** Every default stands here, and only here. */
const DEFAULTS = { engine: 'Spark' };

/**
 * The EMR Serverless application that an EmrServerlessStep runs on.
 */
export class EmrServerlessApplication {
  /**
   * An application that is there already.
   *
   * @param application for example a CfnApplication
   */
  public static existing(application: IApplicationRef): EmrServerlessApplication {
    return new EmrServerlessApplication(application.applicationRef.applicationId);
  }

  /**
   * An application that is there already, by its id.
   *
   * @param applicationId for example `00f1r2s3t4u5v6w7`; may be a variable
   */
  public static existingFromId(applicationId: string): EmrServerlessApplication {
    return new EmrServerlessApplication(applicationId);
  }

  /**
   * An application that the step makes.
   *
   * @param options release and engine
   */
  public static ownApplication(options: EmrServerlessApplicationOptions): EmrServerlessApplication {
    return new EmrServerlessApplication(undefined, options);
  }

  private constructor(
    /** @internal */
    public readonly _id?: string,
    private readonly own?: EmrServerlessApplicationOptions,
  ) {}

  /** @internal */
  public _check(name: string, problems: Problems): void {
    problems.pattern(`${name} id`, this._id, /^[0-9a-z]{1,64}$/, 'be 1 to 64 small letters and digits');
    problems.pattern(`${name}.releaseLabel`, this.own?.releaseLabel, /^emr-\d+\.\d+\.\d+/, "look like 'emr-7.1.0'");
    problems.oneOf(`${name}.engine`, this.own?.engine, ['Spark', 'Hive']);
    problems.oneOf(`${name}.architecture`, this.own?.architecture, ['ARM64', 'X86_64']);
    checkTags(`${name}.tags`, this.own?.tags, problems);
  }

  /** @internal */
  public _permissions(scope: IConstruct): Permission[] {
    const any = this._id === undefined || holdsVariable(this._id);
    const application = arnOfApplication(scope, any ? '*' : this._id!);
    const reason = any ? 'The id of the application is only known while the pipeline runs.' : undefined;
    const runs: Permission = { actions: serverless('CancelJobRun', 'GetJobRun'), resources: [`${application}/jobruns/*`], reason: JOB_RUNS_REASON };
    const start: Permission = { actions: serverless('GetApplication', 'StartApplication', 'StartJobRun'), resources: [application], reason };
    if (this.own === undefined) { return [start, runs]; }
    return [
      start, runs,
      { actions: serverless('CreateApplication', ...tagging(this.own.tags)), resources: [arnOfApplication(scope)] },
      { actions: serverless('DeleteApplication', 'StopApplication', ...tagging(this.own.tags)), resources: [application], reason },
    ];
  }

  /** @internal */
  public _render(): object {
    const { own } = this;
    if (own === undefined) { return { ApplicationId: this._id }; }
    const { releaseLabel, engine, architecture, tags } = own;
    return { ApplicationConfig: { releaseLabel, type: engine ?? DEFAULTS.engine, architecture, tags: sorted(tags) } };
  }
}

/** All of its resources begin with a slash. */
function arnOfApplication(scope: IConstruct, id?: string): string {
  const resource = id === undefined ? '/' : `/applications/${id}`;
  return Stack.of(scope).formatArn({ service: 'emr-serverless', resource, arnFormat: ArnFormat.NO_RESOURCE_NAME });
}

function tagging(tags?: object): string[] {
  return tags === undefined ? [] : ['TagResource'];
}
