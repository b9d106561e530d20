import { listOf, MlRule } from './rule';
import { IAM_TYPES, sagemakerStatements } from './sagemaker-role';

/** Actions that IAM can only allow on all resources. https://docs.aws.amazon.com/service-authorization/latest/reference/reference.html */
const WITHOUT_RESOURCE = [
  /^ecr:GetAuthorizationToken$/, /^cloudwatch:PutMetricData$/, /^ec2:Describe\w+$/, /^logs:(DescribeLogGroups|\w*LogDeliver\w*)$/, /^xray:\w+$/,
  /^sagemaker:(List\w+|Search)$/,
];

export const roleWildcards: MlRule = {
  id: 'ML-IAM1',
  level: 'error',
  types: IAM_TYPES,
  info: 'A role of SageMaker may do too much: name actions one by one, and resources for every action that supports them.',
  check: (properties, find) => sagemakerStatements(properties, find).filter(s => s.Effect === 'Allow').flatMap(s => {
    const actions = listOf(s.Action).filter(a => typeof a === 'string');
    const wide = actions.filter(a => a === '*' || a.endsWith(':*'));
    const unbound = listOf(s.Resource).includes('*') ? actions.filter(a => !WITHOUT_RESOURCE.some(p => p.test(a)) && !wide.includes(a)) : [];
    return [...wide, ...unbound];
  }),
};
