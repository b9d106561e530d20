/** A role of SageMaker with inline statements. */
export function roleWith(...Statement: any[]): any {
  return {
    AssumeRolePolicyDocument: { Statement: [{ Effect: 'Allow', Principal: { Service: 'sagemaker.amazonaws.com' }, Action: 'sts:AssumeRole' }] },
    Policies: [{ PolicyName: 'p', PolicyDocument: { Statement } }],
  };
}

/** An Allow statement. */
export function allow(Action: unknown, Resource: unknown = 'arn:aws:s3:::b', Condition?: unknown): any {
  return { Effect: 'Allow', Action, Resource, ...(Condition ? { Condition } : {}) };
}

export const nothing = () => undefined;
