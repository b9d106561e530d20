import { Stack } from 'aws-cdk-lib';
import { ITopicRef } from 'aws-cdk-lib/aws-sns';
import { IConstruct } from 'constructs';
import { warnOfTopic } from './topic-warnings';
import { warnLate } from '../compliance/late-warning';
import { isElsewhere } from '../core/stacks';

/** The topics that are told of asynchronous answers, each once. */
export function answerTopics(...given: (ITopicRef | undefined)[]): ITopicRef[] {
  return [...new Set(given)].filter((topic): topic is ITopicRef => topic !== undefined);
}

/** What `role`, who answers, may not know of them. AWS does not say that an asynchronous endpoint reaches other Regions, nor that it does not. */
export function warnOfAnswerTopics(scope: IConstruct, topics: ITopicRef[], role: string): void {
  for (const topic of topics) {
    warnOfTopic(scope, topic, role);
    const [there, here] = [topic.env.region, Stack.of(scope).region];
    if (isElsewhere(scope, { region: there })) {
      warnLate(scope, 'cdk-ml-patterns:topicOfOtherRegion',
        `The topic is in ${there} and the endpoint in ${here}; AWS does not say that answers are told there: take a topic of ${here}.`);
    }
  }
}
