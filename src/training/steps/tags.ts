import { sorted } from '../../core/sorted';

/** Tags as every request of SageMaker takes them; an empty map is an empty list, as the SDK writes it. */
export function renderTags(tags: { [key: string]: string } | undefined): object[] | undefined {
  return tags && Object.entries(sorted(tags)!).map(([Key, Value]) => ({ Key, Value }));
}
