import { Permission } from '../identity/permission-statement';

const TOKEN_REASON = 'ecr:GetAuthorizationToken knows no resources; what may be pulled is decided by the statement on the repository.';

/** What pulling from a repository takes, beside the token. */
export const PULL_ACTIONS = ['ecr:BatchCheckLayerAvailability', 'ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'];

/** Pulling from one repository. */
export function pullPermissions(repositoryArn: string): Permission[] {
  return [
    { actions: ['ecr:GetAuthorizationToken'], resources: ['*'], reason: TOKEN_REASON },
    { actions: PULL_ACTIONS, resources: [repositoryArn] },
  ];
}

/** Pushing to one repository. */
export function pushPermissions(repositoryArn: string): Permission[] {
  return [
    { actions: ['ecr:GetAuthorizationToken'], resources: ['*'], reason: TOKEN_REASON },
    {
      actions: [
        'ecr:BatchCheckLayerAvailability', 'ecr:BatchGetImage', 'ecr:CompleteLayerUpload', 'ecr:GetDownloadUrlForLayer', 'ecr:InitiateLayerUpload',
        'ecr:PutImage', 'ecr:UploadLayerPart',
      ],
      resources: [repositoryArn],
    },
  ];
}
