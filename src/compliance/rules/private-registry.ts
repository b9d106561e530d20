/**
 * Whether an image comes from a private registry: Amazon ECR, which SageMaker pulls from by itself, or one in the VPC. An image whose host is only known at
 * deployment passes.
 */
export function isPrivate(container: any): boolean {
  const image = container?.Image;
  if (container?.ImageConfig?.RepositoryAccessMode === 'Vpc' || typeof image !== 'string') { return true; }
  return /^[^/]*(\.dkr\.ecr[.-]|[<$])/.test(image);
}
