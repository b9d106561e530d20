import { Construct } from 'constructs';
import { Hosting } from './hosting/hosting';
import { EndpointWishes, HostingKind } from './hosting/hosting-kind';
import { InferenceEndpointProps } from './inference-endpoint-props';
import { Rollout } from './rollout/rollout';
import { Problems } from '../core/problems';
import { checkTopicHere } from '../delivery/topic-check';
import { checkVpc } from '../network/vpc-placement';

/** https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateEndpoint.html */
export const MAX_NAME = 63;
const NAME = /^[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}$/;

/** A name of an endpoint; tokens pass. */
export function checkEndpointName(endpointName: string | undefined, problems: Problems): void {
  problems.pattern('endpointName', endpointName, NAME, 'be 1 to 63 letters, digits and dashes');
}

/** The rollout that is asked for, or the default. */
export function rolloutOf({ rollout }: InferenceEndpointProps): Rollout {
  return rollout ?? Rollout.allAtOnce();
}

/** What is asked of the endpoint as a whole. */
export function wishesOf({ vpc, networkIsolation }: InferenceEndpointProps): EndpointWishes {
  return { vpc: vpc !== undefined, networkIsolation };
}

/** How to host; undefined only where that is one of the problems. */
export function checkEndpoint(scope: Construct, props: InferenceEndpointProps, problems: Problems): HostingKind | undefined {
  const given = [props.model, props.hosting].filter(x => x !== undefined).length;
  problems.check(given === 1, `either model or hosting must be given, got ${given === 0 ? 'neither' : 'both'}`);
  checkEndpointName(props.endpointName, problems);
  checkVpc(props, problems);
  checkTopicHere('onFailedUpdate', props.onFailedUpdate, scope, problems);
  const hosting = props.hosting ?? (props.model && Hosting.realTime({ model: props.model }));
  hosting?._kind.check(problems, scope, wishesOf(props));
  if (hosting !== undefined) { rolloutOf(props)._check(problems, hosting._kind.fleet, scope); }
  return hosting?._kind;
}
