/** Kinds of processors that images are built for and instances have, by the names of Docker. */
export type Architecture = 'amd64' | 'arm64';

const NAMES: [RegExp, Architecture][] = [[/(^|\/)(amd64|x86_64)(\/|$)/, 'amd64'], [/(^|\/)(arm64|aarch64)(\/|$)/, 'arm64']];

/** Graviton has a `g` right after its number (m7g, c6gd, g5g; g4dn has not), Grace a `-gb`. https://docs.aws.amazon.com/ec2/latest/instancetypes/instance-type-names.html */
const ARM = /^(a1|[a-z]+\d+g([a-z]*)|[a-z]+\d+[a-z]*-gb\d+)$/;

/** What SageMaker has hosted on so far, and its like; other families may have any processor. */
const X86 = /^([cmr]\d+[a-z]*|m\d+i-flex|c\d+i-flex|t[23]a?|g\d+[a-z]*|gr6f?|p\d+[a-z]*|p6-b\d+|inf[12]|trn1n?|trn2n?|dl[12]q?|i\d[a-z]*|d3(en)?|x\d[a-z]*|z1d)$/;

/** Of a platform of Docker, `linux/arm64`; undefined if its name does not tell. */
export function architectureOfPlatform(platform: string): Architecture | undefined {
  return NAMES.find(([pattern]) => pattern.test(platform))?.[1];
}

/** Of a family of instances, `m7g`; undefined if its name does not tell. */
export function architectureOfFamily(family: string): Architecture | undefined {
  if (ARM.test(family)) { return 'arm64'; }
  return X86.test(family) ? 'amd64' : undefined;
}
