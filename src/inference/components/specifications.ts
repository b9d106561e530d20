import { Token } from 'aws-cdk-lib';
import { CfnInferenceComponent } from 'aws-cdk-lib/aws-sagemaker';
import { IConstruct } from 'constructs';
import { checkMemory, checkNeeds, renderNeeds } from './component-needs';
import { ComponentSpecification } from './component-specification';
import { InferenceComponentOptions } from './inference-component-options';
import { Problems } from '../../core/problems';
import { MlInstanceType } from '../../instances/ml-instance-type';
import { EndpointWishes } from '../hosting/hosting-kind';
import { InferenceModel } from '../models/inference-model';
import { checkPlatform, checkSurroundings } from '../models/model-fit';
import { Override } from '../overrides';

/** What a component needs, and which model it serves, on each instance type of its endpoint. */
export class Specifications {
  constructor(private readonly path: string, private readonly options: InferenceComponentOptions, private readonly types: MlInstanceType[]) {}

  public check(problems: Problems, scope: IConstruct, wishes: EndpointWishes): void {
    const { path, options, types } = this;
    const { specifications, adapters = [] } = options;
    this.checkModel(`${path}model`, options.model, types.filter(t => this.of(t)?.model === undefined), problems, scope, wishes);
    checkNeeds(path, options, problems);
    checkMemory([path, options.memorySize], [path, options.maxMemorySize], problems);
    specifications?.forEach((s, i) => this.checkOne(`${path}specifications[${i}].`, s, problems, scope, wishes));
    if (specifications !== undefined) { problems.unique(`${path}specifications.instanceType`, specifications.map(s => s.instanceType.instanceTypeName)); }
    problems.check(specifications === undefined || this.several, `${path}specifications need instancePools of two or more types: with one type, write it all to the component`);
    problems.check(adapters.length === 0 || !this.several, `${path}adapters need one instance type, since SageMaker loads them on endpoints with one only: give instanceType`);
  }

  /** One name of a SageMaker model for each type; `make` makes the model. */
  public models(make: (id: string, model: InferenceModel) => string): string[] {
    const { componentName, model } = this.options;
    let common: string | undefined;
    return this.types.map(type => {
      const own = this.of(type)?.model;
      return own === undefined ? common ??= make(`${componentName}Model`, model) : make(`${componentName}Model-${type.instanceTypeName}`, own);
    });
  }

  /** `Specification` of the only type, or of the first where CDK asks for one. */
  public render(modelNames: string[]): CfnInferenceComponent.InferenceComponentSpecificationProperty {
    return { modelName: modelNames[0], ...renderNeeds(this.of(this.types[0]) ?? {}, this.options) };
  }

  /** What CDK does not know yet: `Specifications`, which replaces `Specification`, and some of their properties. */
  public overrides(modelNames: string[]): Override[] {
    if (!this.several) { return Object.entries(this.unknown(this.types[0])).map(([name, value]) => ({ path: `Specification.${name}`, value })); }
    const all = this.types.map((type, i) => ({
      InstanceType: type.instanceTypeName,
      ...inTemplate({ modelName: modelNames[i], ...renderNeeds(this.of(type) ?? {}, this.options) }),
      ...this.unknown(type),
    }));
    return [{ path: 'Specification', value: undefined }, { path: 'Specifications', value: all }];
  }

  private checkOne(path: string, own: ComponentSpecification, problems: Problems, scope: IConstruct, wishes: EndpointWishes): void {
    const { options, types } = this;
    const { instanceType, model } = own;
    const known = !Token.isUnresolved(instanceType.instanceTypeName);
    problems.check(known, `${path}instanceType must be known at synth, since it says which pool is meant`);
    problems.oneOf(`${path}instanceType`, instanceType.instanceTypeName, types.map(t => t.instanceTypeName));
    if (model !== undefined) { this.checkModel(`${path}model`, model, [instanceType], problems, scope, wishes); }
    checkNeeds(path, own, problems);
    const placed = (name: 'memorySize' | 'maxMemorySize'): [string, typeof own.memorySize] =>
      own[name] === undefined ? [this.path, options[name]] : [path, own[name]];
    checkMemory(placed('memorySize'), placed('maxMemorySize'), problems);
  }

  private checkModel(
    name: string, model: InferenceModel, types: MlInstanceType[], problems: Problems, scope: IConstruct, wishes: EndpointWishes,
  ): void {
    model._check(name, problems, scope);
    checkSurroundings(name, model, { vpc: wishes.vpc, networkIsolation: wishes.networkIsolation ?? true }, problems);
    checkPlatform(name, model, types, problems);
  }

  private unknown(type: MlInstanceType): Record<string, unknown> {
    const caching = this.of(type)?.dataCaching ?? this.options.dataCaching;
    return {
      ...this.options.placement === undefined ? {} : { SchedulingConfig: this.options.placement._render() },
      ...caching === undefined ? {} : { DataCacheConfig: { EnableCaching: caching } },
    };
  }

  private of(type: MlInstanceType): ComponentSpecification | undefined {
    return this.options.specifications?.find(s => s.instanceType.instanceTypeName === type.instanceTypeName);
  }

  /**
   * CloudFormation takes `Specification` for one type only, and for adapters `Specification` only.
   * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-sagemaker-inferencecomponent.html
   */
  private get several(): boolean {
    return this.types.length > 1;
  }
}

/** Properties as CDK writes them, named as templates name them. */
function inTemplate(properties: object): object {
  return Object.fromEntries(Object.entries(properties).filter(([, value]) => value !== undefined)
    .map(([name, value]) => [name[0].toUpperCase() + name.slice(1), typeof value === 'object' ? inTemplate(value) : value]));
}
