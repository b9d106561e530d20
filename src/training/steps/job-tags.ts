import { Problems } from '../../core/problems';

/** https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_Tag.html */
const MAX_TAGS = 50;
const KEY = /^(?!aws:)[\p{L}\p{Z}\p{N}_.:/=+\-@]{1,128}$/u;
const VALUE = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]{0,256}$/u;

type JobTags = { [key: string]: string } | undefined;

/** Tags of a job, or of what a step makes; not of the pipeline. */
export function checkTags(name: string, tags: JobTags, problems: Problems): void {
  problems.count(name, Object.keys(tags ?? {}), 0, MAX_TAGS);
  for (const [key, value] of Object.entries(tags ?? {})) {
    problems.pattern(`${name} key`, key, KEY, "be 1 to 128 letters, digits, spaces and any of _.:/=+-@, and not begin with 'aws:'");
    problems.pattern(`${name}.${key}`, value, VALUE, 'be up to 256 letters, digits, spaces and any of _.:/=+-@');
  }
}
