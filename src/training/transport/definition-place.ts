import { createHash } from 'crypto';
import { CfnResource, Lazy, Stack, Validations } from 'aws-cdk-lib';
import { IGrantable } from 'aws-cdk-lib/aws-iam';
import { IBucket } from 'aws-cdk-lib/aws-s3';
import { BucketDeployment, Source } from 'aws-cdk-lib/aws-s3-deployment';
import { Construct, IDependable } from 'constructs';
import { jsonWithTokens, stableText, targetsText } from './token-text';
import { judgedByOthers } from '../../compliance/ours';
import { physicalName } from '../../core/names';
import { Problems } from '../../core/problems';
import { keepsOutFunctions } from '../../storage/guarded-bucket';

/** Characters of a template, in which the definition is a text in a text. https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html */
const MAX_TEMPLATE = 1_000_000;

/** https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreatePipeline.html */
const MAX_DEFINITION = 1_048_576;

const PREFIX = 'definitions';
const FILE = 'definition.json';
const MAX_NAME = 63;
const HASH_LENGTH = 32;

/** The definition as CloudFormation takes it, and what must be there before. */
interface PlacedDefinition {
  readonly property: object;
  readonly needs: IDependable[];
  /** The same as if it stood in the template, for the rules, if it does not. */
  readonly judged?: () => object;
}

/** How the place comes by it: rendered anew at each call, with CloudFormation's tokens still in it. */
type Render = () => object;

/**
 * Where CloudFormation finds the definition of a pipeline.
 */
export class DefinitionPlace {
  /** In the template, which is enough for hundreds of steps. */
  public static inline(): DefinitionPlace {
    return new DefinitionPlace(inTemplate);
  }

  /**
   * In a bucket, for definitions that do not fit into a template of 1 MB. They are written while the stack deploys, below `definitions/`, under a key made of
   * the content and of the properties of what it refers to, so that CloudFormation sees each change and finds the earlier one when it rolls back. Nothing
   * deletes them. Imported values and parameters of CloudFormation that become others are not seen.
   *
   * Makes what CDK's BucketDeployment makes: an asset, which needs a bootstrapped environment, and a Lambda function. Whoever deploys needs `s3:GetObject`
   * on the object. Steps cannot be changed any more once the pipeline is made.
   *
   * The function is in no network, so a bucket with `perimeter.vpcEndpoints` is refused, and the policy of an imported one must let the function in.
   *
   * @param bucket for example `bucket` of a ModelArtifactBucket
   */
  public static bucket(bucket: IBucket): DefinitionPlace {
    return new DefinitionPlace((scope, render) => inBucket(scope, bucket, render), problems => problems.check(!keepsOutFunctions(bucket),
      'definition cannot be in a bucket with perimeter.vpcEndpoints, since the function that uploads it is in no network: take DefinitionPlace.inline(), or another bucket'));
  }

  private constructor(
    /** @internal */
    public readonly _bind: (scope: Construct, render: Render) => PlacedDefinition,
    /** @internal */
    public readonly _check: (problems: Problems) => void = () => {},
  ) {}
}

function inTemplate(scope: Construct, render: Render): PlacedDefinition {
  scope.node.addValidation({
    validate: () => {
      const size = JSON.stringify(jsonWithTokens(render())).length;
      return size <= MAX_TEMPLATE ? [] : [`the definition takes about ${size} characters of the template, which holds ${MAX_TEMPLATE}: put it into a bucket, with definition: DefinitionPlace.bucket(…)`];
    },
  });
  const produce = () => bodyOf(scope, render);
  return { property: { PipelineDefinitionBody: Lazy.uncachedString({ produce }) }, needs: [] };
}

function inBucket(scope: Construct, bucket: IBucket, render: Render): PlacedDefinition {
  const text = jsonWithTokens(render());
  const stable = stableText(scope, text);
  if (stable.length > MAX_DEFINITION) {
    Validations.of(scope).addWarning('cdk-ml-patterns:definitionSize', `The definition has about ${stable.length} characters, and SageMaker takes ${MAX_DEFINITION} of one that is sent to it.`);
  }
  scope.node.addValidation({
    validate: () => stableText(scope, jsonWithTokens(render())) === stable ? []
      : ['a step was changed after the pipeline was made, which a definition in a bucket does not show: change it before'],
  });
  // at synth, when what the definition refers to is complete
  const produce = () => `${PREFIX}/${physicalName(scope, MAX_NAME)}/${hashOf(stable, targetsText(scope, text))}`;
  const place = Lazy.uncachedString({ produce });
  const written = new BucketDeployment(scope, 'Definition', {
    destinationBucket: writable(bucket),
    destinationKeyPrefix: PREFIX,
    sources: [Source.data(FILE, text, { jsonEscape: true })],
    prune: false, // a roll-back needs the object of before
    retainOnDelete: true,
  });
  // CDK makes a tag of the bucket from the prefix that it is given, which must not change each time
  (written.node.findChild('CustomResource').node.defaultChild as CfnResource).addPropertyOverride('DestinationBucketKeyPrefix', place);
  judgedByOthers(written); // CDK's own, whose function stands beside and is shared
  return {
    property: { PipelineDefinitionS3Location: { Bucket: bucket.bucketName, Key: `${place}/${FILE}` } },
    needs: [written],
    judged: () => ({ PipelineDefinitionBody: bodyOf(scope, render) }),
  };
}

function bodyOf(scope: Construct, render: Render): string {
  return Stack.of(scope).toJsonString(render());
}

function hashOf(...texts: string[]): string {
  return createHash('sha256').update(texts.join('\n')).digest('hex').slice(0, HASH_LENGTH);
}

/** The same bucket, of which the function gets nothing but the place of definitions. */
function writable(bucket: IBucket): IBucket {
  return Object.create(bucket, { grantReadWrite: { value: (grantee: IGrantable) => bucket.grantReadWrite(grantee, `${PREFIX}/*`) } });
}
