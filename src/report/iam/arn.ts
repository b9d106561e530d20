import { code, Phrase } from '../phrase';

export const EVERY_RESOURCE = 'every resource (';

/** An ARN without the parts that are the same for everything in this account; the whole stays as `full`. */
export function arnWords(text: string): Phrase {
  if (text === '*') { return [EVERY_RESOURCE, code('*'), ')']; }
  // Colons, but not those inside ‹ ›.
  const parts = text.split(/:(?![^‹]*›)/);
  if (parts[0] !== 'arn' || parts.length < 6) { return [code(text)]; }
  const [, , service, region, account, ...rest] = parts;
  const name = rest.join(':') === '*' ? ['any resource (', code('*', text), ')'] : [code(rest.join(':'), text)];
  if (service === 'iam' && rest[0] === 'root') { return account === '‹account›' ? ['this account'] : ['account ', code(account, text)]; }
  const where = place(region, account);
  return [...name, where === '' ? ` of ${service}` : ` of ${service} in ${where}`];
}

function place(region: string, account: string): string {
  const inAccount = account === '‹account›' ? 'this account' : account === '*' ? 'any account' : account === '' ? '' : `account ${account}`;
  const inRegion = region === '‹region›' ? 'region' : region === '*' ? 'any region' : region === '' ? '' : `region ${region}`;
  return inAccount !== '' && inRegion !== '' ? `${inAccount} and ${inRegion}` : inAccount + inRegion;
}
