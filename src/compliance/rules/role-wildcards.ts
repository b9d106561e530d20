import { hasWildcard, isEverything, texts } from './iam-patterns';
import { MlRule } from './rule';
import { IAM_TYPES, sagemakerStatements } from './sagemaker-role';

/** Actions that IAM can only allow on all resources. https://docs.aws.amazon.com/service-authorization/latest/reference/reference.html */
const WITHOUT_RESOURCE = [
  /^ecr:GetAuthorizationToken$/i, /^cloudwatch:PutMetricData$/i, /^ec2:Describe\w+$/i, /^logs:(DescribeLogGroups|\w*LogDeliver\w*)$/i, /^xray:\w+$/i,
  /^sagemaker:(List\w+|Search)$/i, /^ssmmessages:(Create|Open)(Control|Data)Channel$/i, /^redshift-data:(CancelStatement|DescribeStatement|GetStatementResult)$/i,
];

export const roleWildcards: MlRule = {
  id: 'ML-IAM1',
  finds: 'action',
  level: 'error',
  types: IAM_TYPES,
  info: 'A role of SageMaker may do too much: name actions one by one, and resources for every action that supports them.',
  control: 'own: least privilege; cdk-nag IAM5',
  check: (properties, find) => sagemakerStatements(properties, find).filter(s => s.Effect === 'Allow').flatMap(s => {
    const actions = texts(s.Action);
    const wide = actions.filter(hasWildcard);
    const everywhere = texts(s.Resource).some(isEverything);
    const unbound = everywhere ? actions.filter(a => !WITHOUT_RESOURCE.some(p => p.test(a)) && !wide.includes(a)) : [];
    return [...['NotAction', 'NotResource'].filter(element => s[element] !== undefined), ...wide, ...unbound];
  }),
};
