import { Construct } from 'constructs';
import { MonitorImageName } from '../../../containers/aws/monitor-images';
import { Problems } from '../../../core/problems';
import { Permission } from '../../../identity/permission-statement';

/** What the kind of a check adds to its step. */
export interface CheckDefinition {
  /** As the definition spells it. */
  readonly checkType: string;
  readonly image: MonitorImageName;
  /** What the input with the data is called, and where it lies. */
  readonly dataset: { readonly inputName: string; readonly localPath: string; readonly gzipped?: boolean };
  readonly outputName: string;
  /** Whether what is found is uploaded as soon as it is written. */
  readonly continuous?: boolean;
  /** The model that the check asks, so that its job cannot be cut off from the network. */
  readonly modelName?: string;
  /** Type of the instances of the endpoint on which it asks the model, unless a file says it. */
  readonly modelInstanceType?: string;
  /** Environment variables by which the image is told what to do. */
  readonly environment: Record<string, string | undefined>;
  check(name: string, problems: Problems): void;
  /** Inputs beside the data: name, S3 URI and place. */
  inputs(scope: Construct): CheckInput[];
  /** What the role of the job needs besides its data. */
  permissions(scope: Construct): Permission[];
}

/** A file that a check reads. */
export interface CheckInput {
  readonly inputName: string;
  readonly uri: string;
  readonly localPath: string;
}
