import { join } from 'path';
import { AppProps, CfnResource, StackProps } from 'aws-cdk-lib';
import { ContainerSource, CustomContainerRepo, CustomContainerRepoProps, DirectorySourceOptions } from '../../../src';
import { onlyResource, stackFixture } from '../../helper';

export const DIRECTORY = join(__dirname, 'context');
export const COMMIT = 'a'.repeat(40);

/** A repository and what its builds are. */
export function repoWith(props?: CustomContainerRepoProps, app?: AppProps & { stack?: StackProps }) {
  const fixture = stackFixture(app);
  const images = new CustomContainerRepo(fixture.stack, 'Images', props);
  const build = () => onlyResource(fixture.template(), 'Custom::ContainerImage');
  return { ...fixture, images, build };
}

export const directory = (options?: DirectorySourceOptions) => ContainerSource.fromDirectory(DIRECTORY, options);

/** Logical id of a resource below `images`. */
export function logicalId(images: CustomContainerRepo, ...path: string[]): string {
  const resource = path.reduce((at, id) => at.node.findChild(id), images as any) as CfnResource;
  return resource.stack.resolve(resource.logicalId);
}
