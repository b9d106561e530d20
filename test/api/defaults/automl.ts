import { AutoMLChannel } from '../../../src';

const channel: any = AutoMLChannel.training('s3://lake/x', { targetAttributeName: 'y' })._render();

export const ROWS = [
  ['AutoMLChannelOptions.gzip', 'false', channel.CompressionType, undefined],
  ['AutoMLChannelOptions.manifest', 'false', channel.DataSource.S3DataSource.S3DataType, 'S3Prefix'],
];
