import { Connections, IConnectable } from 'aws-cdk-lib/aws-ec2';
import { IConstruct } from 'constructs';
import { Problems } from '../../../core/problems';
import { Permission } from '../../../identity/permission-statement';
import { checkUri } from '../../definition/s3-uri';

/** Where the data of a channel comes from. */
export interface ChannelSource {
  /** Undefined if it can be read without a VPC. */
  readonly connectable?: IConnectable;
  check(name: string, problems: Problems): void;
  /** What reading it takes. */
  read(scope: IConstruct): Permission[];
  /** `said` stands beside what the source itself renders, if it is in S3. */
  render(said: object): object;
}

/** Objects in S3, named by a prefix or a manifest. */
export function s3Source(dataType: string, uri: string, read: (scope: IConstruct) => Permission[]): ChannelSource {
  return {
    check: (name, problems) => checkUri(`${name}.uri`, uri, problems),
    read,
    render: said => ({ S3DataSource: { S3DataType: dataType, S3Uri: uri, ...said } }),
  };
}

/** EFS or FSx. */
export interface FileSystem extends IConnectable {
  readonly fileSystemId: string;
}

/** A directory of a file system in a VPC. */
export function fileSystemSource(fileSystemType: string, fileSystem: FileSystem, directory: string, writable: boolean): ChannelSource {
  return {
    check: (name, problems) => problems.pattern(`${name}.directory`, directory, /^\/.{0,4095}$/, "begin with '/'"),
    read: () => [], // the network decides who mounts a file system
    render: () => ({
      FileSystemDataSource: {
        FileSystemId: fileSystem.fileSystemId, FileSystemType: fileSystemType, DirectoryPath: directory, FileSystemAccessMode: writable ? 'rw' : 'ro',
      },
    }),
    connectable: fileSystem,
  };
}

/** Lets jobs reach the file system. */
export function connect(source: ChannelSource, jobs: Connections | undefined): void {
  if (jobs !== undefined) { source.connectable?.connections.allowDefaultPortFrom(jobs, 'Jobs of a SageMaker pipeline'); }
}
