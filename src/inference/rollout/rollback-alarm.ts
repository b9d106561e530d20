import { CfnAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';

/** Share of failed calls that is too much, and how many of how many minutes it must last. */
const ERROR_RATE = 0.05;
const MINUTES_BAD = 2;
const MINUTES_SEEN = 3;

/**
 * The alarm that rolls an update back: the container fails too many calls of a variant.
 *
 * Knows the endpoint by its name as a plain string; a reference would close a circle, since the endpoint refers to the alarm.
 */
export function rollbackAlarm(scope: Construct, endpointName: string, variantName: string): CfnAlarm {
  return new CfnAlarm(scope, `${variantName}Errors`, {
    alarmDescription: `More than ${ERROR_RATE * 100} % of the calls of endpoint ${endpointName}, variant ${variantName}, fail in ${MINUTES_BAD} of ${MINUTES_SEEN} minutes: an update is rolled back`,
    namespace: 'AWS/SageMaker',
    metricName: 'Invocation5XXErrors',
    dimensions: [{ name: 'EndpointName', value: endpointName }, { name: 'VariantName', value: variantName }],
    statistic: 'Average', // one value of 0 or 1 a call, so that the average is the rate
    period: 60,
    comparisonOperator: 'GreaterThanThreshold',
    threshold: ERROR_RATE,
    datapointsToAlarm: MINUTES_BAD,
    evaluationPeriods: MINUTES_SEEN,
    treatMissingData: 'notBreaching',
  });
}
