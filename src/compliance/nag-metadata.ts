import { CfnResource } from 'aws-cdk-lib';

/** Where cdk-nag 2 looks for what a resource may break: in its metadata in the template. */
const KEY = 'cdk_nag';

/** cdk-nag 2 ends the program at a shorter reason. */
const MIN_REASON_LENGTH = 10;

/**
 * Shows the aspects of cdk-nag 2, which run before anything is judged, for which reasons a resource may break rules.
 *
 * The entry is made when it is read, since reasons and logical ids come late; it is not enumerable, so that no template holds it. What a consumer adds by way of
 * cdk-nag 2 takes its place, with what it held until then, and stands in the template as usual.
 */
export function showToAspects(resource: CfnResource, reasons: () => Record<string, string>): void {
  const metadata = resource.cfnOptions.metadata ??= {};
  if (Object.hasOwn(metadata, KEY)) { return; }
  Object.defineProperty(metadata, KEY, {
    configurable: true,
    get: () => ({ rules_to_suppress: Object.entries(reasons()).filter(([, reason]) => reason.length >= MIN_REASON_LENGTH).map(suppression) }),
    set: value => { Object.defineProperty(metadata, KEY, { value, configurable: true, enumerable: true, writable: true }); },
  });
}

function suppression([rule, reason]: [string, string]): object {
  const [, id, finding] = /^([^[]+)\[(.*)\]$/s.exec(rule) ?? [];
  return finding === undefined ? { id: rule, reason } : { id, reason, applies_to: [finding] };
}
