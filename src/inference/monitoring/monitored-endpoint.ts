import { Stack } from 'aws-cdk-lib';
import { IEndpoint } from 'aws-cdk-lib/aws-sagemaker';
import { IConstruct } from 'constructs';
import { ModelMonitorProps } from './model-monitor-props';
import { Problems } from '../../core/problems';
import { isElsewhere } from '../../core/stacks';
import { DataCapture } from '../../jobs/data-capture';

/** An endpoint of this library, which tells what it captures. */
interface Capturing {
  readonly _capture?: DataCapture;
  readonly _servesMultiModel?: boolean;
}

/** What an endpoint captures, as far as it tells. */
export function capturedBy(endpoint: IEndpoint): DataCapture | undefined {
  return (endpoint as Capturing)._capture;
}

/** A monitor needs something to look at: in its own Region and account, and captured. An endpoint that is imported does not tell, so it must be said. */
export function checkMonitored(scope: IConstruct, { endpoint, kind, captured }: ModelMonitorProps, problems: Problems): void {
  const { region, account } = Stack.of(scope);
  const { type, needs } = kind._definition;
  problems.check(!isElsewhere(scope, { region: endpoint.env.region }), `endpoint must be in the Region of the monitor, ${region}, got ${endpoint.env.region}`);
  problems.check(!isElsewhere(scope, { account: endpoint.env.account }), `endpoint must be in the account of the monitor, ${account}, got ${endpoint.env.account}`);
  if (!('_capture' in endpoint)) {
    problems.check(captured !== undefined, 'captured must be given for an endpoint that is imported: where it captures to');
    return;
  }
  const modes = capturedBy(endpoint)?._modes ?? [];
  problems.check(modes.length > 0, 'endpoint must capture data: give its hosting dataCapture, which only real-time hosting has');
  // https://docs.aws.amazon.com/sagemaker/latest/dg/model-monitor.html
  const multiModel = (endpoint as Capturing)._servesMultiModel ?? false;
  problems.check(!multiModel, 'endpoint must not serve a multi-model container: Model Monitor does not support it');
  const missing = needs.filter(mode => modes.length > 0 && !modes.includes(mode));
  problems.check(missing.length === 0, `endpoint must capture ${missing.join(' and ')} for ${type}, got ${modes.join(' and ')}`);
}
