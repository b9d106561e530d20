/** Families with disks of their own, which a key of the account does not encrypt. https://docs.aws.amazon.com/ec2/latest/instancetypes/instance-types.html */
const LOCAL_DISKS = /^([cmr]\d+[a-z]*d[a-z]*|g4dn|g5|g6e?|gr6|p3dn|p4de?|p5(en?)?|p6.*|trn[12]n?|trn1n|i\d.*)$/;

/** Whether an instance has disks of its own, as far as the family in its type tells. */
export function hasLocalDisks(instanceType: unknown): boolean {
  return typeof instanceType === 'string' && LOCAL_DISKS.test(instanceType.split('.')[1] ?? '');
}
