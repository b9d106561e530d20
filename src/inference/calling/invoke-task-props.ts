import { TaskInput, TaskStateBaseProps } from 'aws-cdk-lib/aws-stepfunctions';
import { checkNoPath } from './state-text';
import { Problems } from '../../core/problems';

/**
 * A state that calls an endpoint and waits for the answer, which is that of the call: its `integrationPattern` can only be `REQUEST_RESPONSE`.
 */
export interface InvokeTaskProps extends TaskStateBaseProps {
  /** What is sent: text, an object, or, by `TaskInput.fromJsonPathAt`, a part of the input of the state. Input and answer count against the 256 KiB of a state. */
  readonly payload: TaskInput;

  /**
   * Media type of the payload.
   *
   * @default 'application/json'
   */
  readonly contentType?: string;

  /**
   * Media type that the answer shall have.
   *
   * @default - whatever the container gives
   */
  readonly accept?: string;

  /**
   * The inference component that is called, by its name in the program; of an import, by its name in the account.
   *
   * @default - none, for endpoints without inference components
   */
  readonly componentName?: string;

  /**
   * The production variant that is called.
   *
   * @default - as the weights say
   */
  readonly targetVariant?: string;

  /**
   * The model of a multi-model endpoint that is called.
   *
   * @default - none, for other endpoints
   */
  readonly targetModel?: string;

  /**
   * The container that is called, of a model with several containers that are called directly.
   *
   * @default - none, for other endpoints
   */
  readonly targetContainerHostname?: string;
}

/** All that is wrong with the properties. */
export function checkTask({ contentType, accept, targetVariant, targetModel, targetContainerHostname }: InvokeTaskProps, problems: Problems): void {
  checkNoPath({ contentType, accept, targetVariant, targetModel, targetContainerHostname }, problems);
}
