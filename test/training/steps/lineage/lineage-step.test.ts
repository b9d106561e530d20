import { FailStep, LineageEntity, LineageStep, PipelineExecution } from '../../../../src';
import { errorOf, expectCompliant, statementFor, warning, warningsOf } from '../../../helper';
import { strictFaults } from '../../strict';
import { pipelineOf } from '../pipeline-of';

const action = (name = 'Run-1') => LineageEntity.action(name, { sourceUri: 's3://lake/run', actionType: 'ModelTraining' });
const artifact = (name = 'model') => LineageEntity.artifact(name, { sourceUri: 's3://lake/model.tar.gz', artifactType: 'Model' });
const arn = (rest: string) => ({ 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, `:sagemaker:eu-west-1:111122223333:${rest}`]] });

test('all that the service knows', () => {
  const metadataProperties = { commitId: 'c', repository: 'r', generatedBy: 'g', projectId: 'p' };
  const run = LineageEntity.action('run', {
    sourceUri: 's3://lake/run',
    sourceType: 'S3',
    sourceId: 'x',
    actionType: 'ModelTraining',
    description: 'd',
    status: 'Completed',
    properties: { b: '2', a: '1' },
    metadataProperties,
    tags: { t: 'v' },
  });
  const model = LineageEntity.artifact('model', { sourceUri: 's3://lake/m', sourceIds: { S3Version: 'v', MD5Hash: 'h' }, artifactType: 'Model', properties: { a: '1' }, metadataProperties, tags: { t: 'v' } });
  const project = LineageEntity.context('my_project', { sourceUri: 's3://lake/p', sourceType: 'ARN', sourceId: 'y', contextType: 'Project', description: 'd', properties: { a: '1' }, tags: { t: 'v' } });
  const old = LineageEntity.fromArn('arn:aws:sagemaker:eu-west-1:111122223333:artifact/0123');
  const step = new LineageStep('Lineage', {
    entities: [project],
    associations: [{ source: old, destination: run, associationType: 'ContributedTo' }, { source: run, destination: model }],
  });
  const { definition, stack } = pipelineOf(() => [step, new FailStep('F', { message: `${step.entityArn(run)} ${step.entityArn(project)}` })]);
  const rendered = { CommitId: 'c', Repository: 'r', GeneratedBy: 'g', ProjectId: 'p' };
  const Tags = [{ Key: 't', Value: 'v' }];
  expect(definition().Steps[0].Arguments).toEqual({
    Actions: [{
      ActionName: 'run',
      Source: { SourceUri: 's3://lake/run', SourceType: 'S3', SourceId: 'x' },
      ActionType: 'ModelTraining',
      Description: 'd',
      Status: 'Completed',
      Properties: { a: '1', b: '2' },
      MetadataProperties: rendered,
      Tags,
    }],
    Artifacts: [{
      ArtifactName: 'model',
      Source: { SourceUri: 's3://lake/m', SourceTypes: [{ SourceIdType: 'MD5Hash', Value: 'h' }, { SourceIdType: 'S3Version', Value: 'v' }] },
      ArtifactType: 'Model',
      Properties: { a: '1' },
      MetadataProperties: rendered,
      Tags,
    }],
    Contexts: [{
      ContextName: 'my_project', Source: { SourceUri: 's3://lake/p', SourceType: 'ARN', SourceId: 'y' }, ContextType: 'Project', Description: 'd', Properties: { a: '1' }, Tags,
    }],
    Associations: [
      { Source: { Arn: 'arn:aws:sagemaker:eu-west-1:111122223333:artifact/0123' }, Destination: { Name: 'run', Type: 'Action' }, AssociationType: 'ContributedTo' },
      { Source: { Name: 'run', Type: 'Action' }, Destination: { Name: 'model', Type: 'Artifact' } },
    ],
  });
  expect(definition().Steps[1].Arguments.ErrorMessage['Std:Join'].Values).toEqual([{ Get: "Steps.Lineage.ActionArns['run']" }, ' ', { Get: "Steps.Lineage.ContextArns['my_project']" }]);
  expect(strictFaults(definition())).toEqual([]);
  expectCompliant(stack);
});

test('exactly these may be recorded', () => {
  const variable = LineageEntity.context(`c-${PipelineExecution.ID.asString()}`, { sourceUri: 's3://lake/c', contextType: 'Run' });
  const old = LineageEntity.fromArn('arn:aws:sagemaker:eu-west-1:111122223333:artifact/0123');
  const { statements } = pipelineOf(() => [new LineageStep('Lineage', { entities: [action(), artifact(), variable], associations: [{ source: old, destination: artifact('Other') }] })]);
  expect(statementFor(statements(), 'sagemaker:CreateAction')).toEqual({
    Effect: 'Allow', Action: ['sagemaker:AddAssociation', 'sagemaker:AddTags', 'sagemaker:CreateAction'], Resource: arn('action/run-1'),
  });
  expect(statementFor(statements(), 'sagemaker:CreateArtifact').Resource).toEqual(arn('artifact/*'));
  expect(statementFor(statements(), 'sagemaker:CreateContext').Resource).toEqual(arn('context/*'));
  expect(statements().filter(s => s.Action === 'sagemaker:AddAssociation').map(s => s.Resource)).toEqual(['arn:aws:sagemaker:eu-west-1:111122223333:artifact/0123']);
});

test('an ARN in a variable may be that of anything', () => {
  const old = LineageEntity.fromArn(PipelineExecution.ARN.asString());
  const { statements, stack } = pipelineOf(() => [new LineageStep('Lineage', { associations: [{ source: old, destination: action() }] })]);
  const [any] = statements().filter(s => s.Action === 'sagemaker:AddAssociation');
  expect(any.Resource).toEqual(['action', 'artifact', 'context', 'experiment', 'experiment-trial-component'].map(kind => arn(`${kind}/*`)));
  expectCompliant(stack);
});

test('the ARN of what it does not record is an error at once', () => {
  expect(() => new LineageStep('Lineage', { entities: [action()] }).entityArn(artifact())).toThrow(new Error("Step 'Lineage' records no 'model'; it records: Run-1"));
  expect(() => new LineageStep('Lineage', {}).entityArn(artifact())).toThrow('it records: nothing');
});

test('bad input is one error', () => {
  const bad = LineageEntity.action('a_b', { sourceUri: '', actionType: 'x'.repeat(257), status: 'Done', properties: { p: 'x'.repeat(2501) } });
  const ids = LineageEntity.artifact('ids', { sourceUri: 's', artifactType: 't', sourceIds: { Hash: 'x' }, metadataProperties: { commitId: 'x'.repeat(1025) } });
  const associations = [{ source: LineageEntity.fromArn('x'), destination: bad, associationType: 'Made' }];
  const steps = [new LineageStep('Lineage', { entities: [LineageEntity.fromArn('arn:aws:sagemaker:x'), ids, artifact('ids')], associations }), new LineageStep('None', {})];
  expect(errorOf(() => pipelineOf(() => steps))).toBe([
    "SageMakerPipeline at 'Stack/Pipeline' has 12 problems:",
    "  - step 'Lineage'.entities names must be unique, used twice: ids",
    "  - step 'Lineage'.entities[0] is recorded already: name it in associations only",
    "  - step 'Lineage' artifact 'ids'.metadataProperties.commitId (characters) must be between 0 and 1024, got 1025",
    "  - step 'Lineage' artifact 'ids'.sourceIds must be one of MD5Hash, S3ETag, S3Version, Custom, got 'Hash'",
    "  - step 'Lineage' action 'a_b' name must be 1 to 120 letters, digits and -, got 'a_b'",
    "  - step 'Lineage' action 'a_b'.sourceUri (characters) must be between 1 and 2048, got 0",
    "  - step 'Lineage' action 'a_b'.actionType (characters) must be between 0 and 256, got 257",
    "  - step 'Lineage' action 'a_b'.status must be one of Unknown, InProgress, Completed, Failed, Stopping, Stopped, got 'Done'",
    "  - step 'Lineage' action 'a_b'.properties.p (characters) must be between 0 and 2500, got 2501",
    "  - step 'Lineage'.associations[0] must be the ARN of something that SageMaker records, got 'x'",
    "  - step 'Lineage'.associations[0].associationType must be one of ContributedTo, AssociatedWith, DerivedFrom, Produced, SameAs, got 'Made'",
    "  - step 'None' must record at least 1 entity or association, got none",
  ].join('\n'));
});

test('more than the service can tell of is warned of', () => {
  const of = (count: number) => warningsOf(pipelineOf(() => [new LineageStep('Lineage', { entities: Array.from({ length: count }, (_, i) => action(`a${i}`)) })]).stack);
  expect(of(5)).toEqual([]);
  expect(of(6)).toEqual([
    warning('lineageLimits', "Step 'Lineage' records more than 5 things of a kind or 10 associations, which may be more than SageMaker takes."),
  ]);
});
