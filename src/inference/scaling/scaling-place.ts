import { CfnEndpoint, CfnInferenceComponent } from 'aws-cdk-lib/aws-sagemaker';
import { Construct } from 'constructs';

/** A variant of an endpoint that is scaled. */
export interface ScaledVariant {
  readonly scope: Construct;
  readonly endpoint: CfnEndpoint;
  /** As a plain string, as alarms need it. */
  readonly endpointName: string;
  readonly variantName: string;
}

/** An inference component whose copies are scaled. */
export interface ScaledComponent {
  readonly scope: Construct;
  readonly component: CfnInferenceComponent;
  /** Name of the component as a plain string. */
  readonly componentName: string;
  /** Begins the construct ids. */
  readonly id: string;
}

/** Where a scaling is made. */
export interface ScalingPlace {
  /** Holds all resources of the scaling. */
  readonly scope: Construct;
  readonly resourceId: string;
  /** Tells the metrics of what is scaled. */
  readonly dimension: { readonly name: string; readonly value: string };
  /** What must be there before, where the resource id does not refer to it. */
  readonly after?: Construct;
  /** In words. */
  readonly what: string;
}

export function variantPlace({ scope, endpoint, endpointName, variantName }: ScaledVariant): ScalingPlace {
  return {
    scope: new Construct(scope, `${variantName}Scaling`),
    resourceId: `endpoint/${endpoint.attrEndpointName}/variant/${variantName}`, // a reference, so that the endpoint comes first and goes last
    dimension: { name: 'EndpointName', value: endpointName },
    what: `endpoint ${endpointName}`,
  };
}

export function componentPlace({ scope, component, componentName, id }: ScaledComponent): ScalingPlace {
  return {
    scope: new Construct(scope, `${id}Scaling`),
    resourceId: `inference-component/${componentName}`,
    dimension: { name: 'InferenceComponentName', value: componentName },
    after: component,
    what: `inference component ${componentName}`,
  };
}
