import { IRepository } from 'aws-cdk-lib/aws-ecr';
import { Problems } from '../core/problems';
import { checkAccount } from '../identity/sharing';

/** https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_CreateRepository.html */
const NAME = /^(?=.{2,256}$)(?:[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*\/)*[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*$/;

/** A name as ECR takes it. */
export function checkRepositoryName(name: string, repositoryName: string | undefined, problems: Problems): void {
  problems.pattern(name, repositoryName, NAME, "be 2 to 256 lower case letters and digits, with '-', '_', '.' or '/' between them");
}

/** A repository that is imported, whose name and account nobody has checked yet. */
export function checkRepository(name: string, repository: IRepository, problems: Problems): void {
  checkRepositoryName(`${name} (repositoryName)`, repository.repositoryName, problems);
  checkAccount(`${name} (account)`, repository.env.account, problems);
}
