import { EndpointWishes } from './hosting-kind';
import { Problems } from '../../core/problems';

/** Says in one line what of an endpoint's props a kind cannot do. */
export function checkWishes(kind: string, wishes: EndpointWishes, unable: (keyof EndpointWishes)[], problems: Problems): void {
  const asked = unable.filter(wish => wishes[wish] === true);
  problems.check(asked.length === 0, `${kind} does not support ${asked.join(', ')}: leave ${asked.length > 1 ? 'them' : 'it'} out, or take Hosting.realTime`);
}
