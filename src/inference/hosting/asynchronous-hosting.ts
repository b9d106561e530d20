import { Validations } from 'aws-cdk-lib';
import { CfnEndpointConfig } from 'aws-cdk-lib/aws-sagemaker';
import { ITopicRef } from 'aws-cdk-lib/aws-sns';
import { Construct, IConstruct } from 'constructs';
import { AsynchronousHostingOptions } from './asynchronous-hosting-options';
import { BoundHosting, EndpointWishes, Fleet, HostingContext, HostingKind } from './hosting-kind';
import { Problems } from '../../core/problems';
import { answerTopics, warnOfAnswerTopics } from '../../delivery/answer-topics';
import { checkTopic } from '../../delivery/topic-check';
import { publishPermissions } from '../../delivery/topic-permissions';
import { keyForVolumes } from '../../identity/key-permissions';
import { Permission } from '../../identity/permission-statement';
import { checkUri } from '../../storage/artifact-prefix';
import { warnOfPlacesElsewhere } from '../../storage/bucket-region';
import { ASYNCHRONOUS_EXCLUDES } from '../models/model-fit';
import { below } from '../overrides';
import { rollbackAlarms } from '../rollout/rollback-alarms';
import { BacklogScaling } from '../scaling/backlog-scaling';
import { HostedVariant, ONLY_VARIANT } from '../variants/hosted-variant';
import { checkMetrics, renderMetrics } from '../variants/metrics-publishing';

/** https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_AsyncInferenceClientConfig.html */
const MAX_CONCURRENT = 1000;

/** https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_AsyncInferenceOutputConfig.html */
const MAX_URI = 512;

/** Where failures go unless the program says it. */
const FAILURES = 'failures';

/** Asynchronous inference. */
export class AsynchronousHosting implements HostingKind {
  public readonly kind = 'Asynchronous';
  private readonly variant: HostedVariant;

  constructor(private readonly props: AsynchronousHostingOptions) {
    this.variant = new HostedVariant({ path: '', variantName: ONLY_VARIANT, model: props.model, weight: 1, settings: props, scaling: props.scaling ?? BacklogScaling.onBacklog({ maxCapacity: props.instanceCount }) });
  }

  public get fleet(): Fleet {
    return { serverless: false, variants: [this.variant.facts], shadows: [], components: [] };
  }

  public check(problems: Problems, scope: IConstruct, wishes: EndpointWishes): void {
    const { input, output, failures, includeResponse, onSuccess, onError, maxConcurrentInvocationsPerInstance, metrics } = this.props;
    this.variant.check(problems, scope as Construct, wishes);
    this.variant.checkKind('an asynchronous endpoint', ASYNCHRONOUS_EXCLUDES, problems);
    input._check('input', problems);
    output._check('output', problems);
    failures?._check('failures', problems);
    checkUri('output', output.uri, MAX_URI, problems);
    checkUri('failures', this.failures.uri, MAX_URI, problems);
    problems.integer('maxConcurrentInvocationsPerInstance', maxConcurrentInvocationsPerInstance, 1, MAX_CONCURRENT);
    problems.check(!includeResponse || onSuccess !== undefined || onError !== undefined, 'includeResponse needs onSuccess or onError');
    checkTopic('onSuccess', onSuccess, problems);
    checkTopic('onError', onError, problems);
    checkMetrics('metrics', metrics, problems);
  }

  public bind({ scope, endpointName, key, model, wishes, rollback }: HostingContext): BoundHosting {
    const { input, output, failures } = this.props;
    warnOfPlacesElsewhere(scope, { input, output, failures });
    if (input.bucket.bucketName === output.bucket.bucketName && output.prefix.startsWith(input.prefix)) {
      Validations.of(scope).addWarning('cdk-ml-patterns:outputIsInput', `Answers go below '${input.prefix}', where whoever calls may write: name another output, beside input.`);
    }
    warnOfAnswerTopics(scope, this.topics, 'the role of the endpoint');
    const modelName = model(this.variant.modelId, this.props.model, { networkIsolation: wishes.networkIsolation ?? true });
    return {
      config: {
        kmsKeyId: key.keyArn,
        productionVariants: [this.variant.render(scope, modelName)],
        asyncInferenceConfig: this.renderAsync(),
      },
      overrides: [...below('ProductionVariants.0', this.variant.overrides()), ...renderMetrics(this.props.metrics)],
      alarms: rollbackAlarms.asynchronous(scope, endpointName, ONLY_VARIANT, rollback),
      permissions: [...keyForVolumes(key), ...this.variant.permissions(), ...this.permissions()],
      retained: { weights: true },
      attach: endpoint => this.variant.attach(scope, endpoint, endpointName),
    };
  }

  private renderAsync(): CfnEndpointConfig.AsyncInferenceConfigProperty {
    const { output, onSuccess, onError, includeResponse, maxConcurrentInvocationsPerInstance } = this.props;
    const told = [...onSuccess ? ['SUCCESS_NOTIFICATION_TOPIC'] : [], ...onError ? ['ERROR_NOTIFICATION_TOPIC'] : []];
    return {
      clientConfig: maxConcurrentInvocationsPerInstance === undefined ? undefined : { maxConcurrentInvocationsPerInstance },
      outputConfig: {
        s3OutputPath: output.uri,
        s3FailurePath: this.failures.uri,
        kmsKeyId: output.encryptionKey?.keyArn,
        notificationConfig: told.length === 0 ? undefined : {
          successTopic: onSuccess?.topicRef.topicArn,
          errorTopic: onError?.topicRef.topicArn,
          includeInferenceResponseIn: includeResponse ? told : undefined,
        },
      },
    };
  }

  private permissions(): Permission[] {
    const { input, output } = this.props;
    return [...input._read(), ...output._write(), ...this.failures._write(), ...this.topics.flatMap(publishPermissions)];
  }

  private get topics(): ITopicRef[] {
    return answerTopics(this.props.onSuccess, this.props.onError);
  }

  private get failures() {
    return this.props.failures ?? this.props.output.below(FAILURES);
  }
}
