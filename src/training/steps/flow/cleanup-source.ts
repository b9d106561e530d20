import { Stack, Token } from 'aws-cdk-lib';
import { writtenPlaces } from './written-places';
import { Problems } from '../../../core/problems';
import { Permission } from '../../../identity/permission-statement';
import { PipelineVariable } from '../../definition/pipeline-variable';
import { textParts } from '../../definition/render';
import { checkUri } from '../../definition/s3-uri';
import { PipelineStep } from '../pipeline-step';
import { StepContext } from '../step-context';

/** Steps whose objects SageMaker finds by itself. */
const FOUND = ['Training', 'Athena'];

/**
 * What a CleanupStep deletes.
 */
export class CleanupSource {
  /**
   * All that a training wrote.
   *
   * @param step a TrainingStep, or a RawStep of type `Athena`
   */
  public static outputsOf(step: PipelineStep): CleanupSource {
    return new CleanupSource(step);
  }

  /**
   * Certain objects that a step wrote.
   *
   * @param step the step, for example a ProcessingStep or a TransformStep
   * @param uris 1 or more S3 URIs of objects below the outputs of the step; may hold its outputs
   */
  public static objectsOf(step: PipelineStep, ...uris: string[]): CleanupSource {
    return new CleanupSource(step, uris);
  }

  private constructor(
    /** @internal */
    public readonly _step: PipelineStep,
    private readonly uris?: string[],
  ) {}

  /** @internal */
  public _check(name: string, problems: Problems): void {
    const { stepName, _type } = this._step;
    if (this.uris === undefined) {
      const rule = `${name} must name the objects of step '${stepName}' (CleanupSource.objectsOf), since SageMaker finds those of ${FOUND.join(' and ')} steps only`;
      problems.check(FOUND.includes(_type), rule);
      return;
    }
    problems.check(this.uris.length > 0, `${name} must name at least 1 object of step '${stepName}', got none`);
    this.uris.forEach((uri, i) => checkUri(`${name}.uris[${i}]`, uri, problems));
  }

  /**
   * Deleting these objects, as far as it is known where they are.
   *
   * @internal
   */
  public _permissions(context: StepContext): Permission[] {
    const places = writtenPlaces(this._step, context).map(pattern);
    const patterns = this.uris === undefined ? places.map(place => `${place}/*`) : this.uris.flatMap(uri => this.within(uri, places));
    const partition = Stack.of(context.scope).partition;
    const known = [...new Set(patterns)].filter(p => /^s3:\/\/[^/*]+\//.test(p)).map(p => `arn:${partition}:s3:::${p.slice('s3://'.length)}`);
    return known.length === 0 ? [] : [{ actions: ['s3:DeleteObject'], resources: known, reason: 'What stands for * is only known while the pipeline runs.' }];
  }

  /** @internal */
  public _render(): object {
    return { StepName: this._step.stepName, S3Uris: this.uris };
  }

  /** A URI that begins with an output of the step is below one of its places. */
  private within(uri: string, places: string[]): string[] {
    const [head] = textParts(uri);
    if (!(head instanceof PipelineVariable)) { return [pattern(uri)]; }
    return head._step === this._step ? places.map(place => `${place}${pattern(uri).slice(1)}`) : [];
  }
}

/** What is only known while the pipeline runs becomes `*`. */
function pattern(uri: string): string {
  const text = Token.isUnresolved(uri) ? textParts(uri).map(p => p instanceof PipelineVariable ? '*' : p).join('') : uri;
  return text.replace(/\/$/, '');
}
