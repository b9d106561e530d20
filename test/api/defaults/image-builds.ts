import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { ContainerSource, CustomContainerRepo } from '../../../src';
import { findingsDetail } from '../../../src/containers/container-repo-events';

const stack = new Stack(new App(), 'Builds');
const images = new CustomContainerRepo(stack, 'Images');
images.addImage('Image', ContainerSource.fromRegistry('python:3.12.7'));
const template = Template.fromStack(stack);
const only = (type: string): any => Object.values(template.findResources(type))[0];

export const ROWS = [
  ['ImageBuildOptions.timeout', 'Duration.minutes(45)', only('AWS::CodeBuild::Project').Properties.TimeoutInMinutes, 45],
  ['ImageBuildOptions.cache', 'true', only('Custom::ContainerImage').Properties.Cache, 'true'],
  ['ContainerBuildOptions.dockerfile', 'Dockerfile', only('Custom::ContainerImage').Properties.Build.Dockerfile, 'Dockerfile'],
  ['CustomContainerRepoProps.deleteImages', 'false', only('AWS::ECR::Repository').Properties.EmptyOnDelete, undefined],
  ['ScanFindingsOptions.severity', 'FindingSeverity.CRITICAL', Object.keys(findingsDetail(images.repository)['finding-severity-counts'] as object), ['CRITICAL']],
];
