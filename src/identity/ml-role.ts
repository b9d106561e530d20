import { ArnFormat, Lazy, Resource, Stack } from 'aws-cdk-lib';
import {
  AddToPrincipalPolicyResult, ArnPrincipal, CfnRole, Grant, IGrantable, IManagedPolicy, IPrincipal, IRole, Policy,
  PolicyStatement, PrincipalPolicyFragment, RoleReference,
} from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { GrantedPolicies } from './granted-policies';
import { Permission } from './permission-statement';
import { Permissions, RolePolicy } from './role-policy';

/** Who may assume a role of the library. */
export interface MlRoleProps {
  /** Service that assumes the role, as `sagemaker.amazonaws.com`. */
  readonly service: string;
  /** What the role is for, in words. */
  readonly description: string;
  /** The ARN that the service names in `aws:SourceArn`; all of the service's resources in account and Region if left out. */
  readonly sourceArn?: string;
  /** Whether the service is not known to say for whom it assumes the role, so that no condition may ask for it. */
  readonly sourceUnknown?: boolean;
}

/**
 * A role with managed policies that the library writes, mostly one, and, only if someone else grants something to it, more
 * that the library's own checks leave to that someone.
 *
 * Made of L1 resources: an L2 role with its default policy costs almost twice the synth time, and inline policies fail HIPAA,
 * NIST and PCI checks.
 */
export class MlRole extends Resource implements IRole {
  public readonly roleArn: string;
  public readonly roleName: string;
  public readonly roleRef: RoleReference;
  public readonly grantPrincipal: IPrincipal = this;
  public readonly assumeRoleAction = 'sts:AssumeRole';
  public readonly principalAccount: string;

  private readonly role: CfnRole;
  private readonly own: RolePolicy;
  private readonly managedPolicies: string[] = [];
  private granted?: GrantedPolicies;

  constructor(scope: Construct, id: string, props: MlRoleProps) {
    super(scope, id);
    const account = Stack.of(this).account;
    const sourceArn = props.sourceArn ?? Stack.of(this).formatArn({ service: props.service.split('.')[0], resource: '*', arnFormat: ArnFormat.NO_RESOURCE_NAME });
    this.role = new CfnRole(this, 'Resource', {
      description: props.description,
      assumeRolePolicyDocument: {
        Version: '2012-10-17',
        Statement: [{
          Effect: 'Allow',
          Action: 'sts:AssumeRole',
          Principal: { Service: props.service },
          ...(!props.sourceUnknown && { Condition: { StringEquals: { 'aws:SourceAccount': account }, ArnLike: { 'aws:SourceArn': sourceArn } } }),
        }],
      },
      managedPolicyArns: Lazy.list({ produce: () => this.managedPolicies }, { omitEmpty: true }),
    });
    this.own = new RolePolicy(this, 'Policy', this.role.ref, () => this.managedPolicies.length + (this.granted?.needed ?? 0));
    this.roleArn = this.role.attrArn;
    this.roleName = this.role.ref;
    this.roleRef = { roleArn: this.roleArn, roleName: this.roleName };
    this.principalAccount = account;
  }

  public get policyFragment(): PrincipalPolicyFragment {
    return new ArnPrincipal(this.roleArn).policyFragment;
  }

  /** Adds statements of the library itself; a function is asked at synth, when everything is known. */
  public allow(...permissions: Permissions[]): void {
    this.own.allow(...permissions);
  }

  /** A grantee for exactly this permission, so that it keeps its reason on the way through a grant. */
  public reasoned(permission: Permission): IGrantable {
    const { assumeRoleAction, principalAccount } = this;
    const policyFragment = () => this.policyFragment;
    const principal: IPrincipal = {
      get grantPrincipal() { return principal; },
      assumeRoleAction,
      get policyFragment() { return policyFragment(); },
      principalAccount,
      addToPrincipalPolicy: () => {
        this.allow(permission);
        return { statementAdded: true, policyDependable: this.own };
      },
    };
    return principal;
  }

  public addToPrincipalPolicy(statement: PolicyStatement): AddToPrincipalPolicyResult {
    this.granted ??= new GrantedPolicies(this, this.role.ref);
    this.granted.add(statement);
    return { statementAdded: true, policyDependable: this.granted };
  }

  public addToPolicy(statement: PolicyStatement): boolean {
    return this.addToPrincipalPolicy(statement).statementAdded;
  }

  public attachInlinePolicy(policy: Policy): void {
    policy.attachToRole(this);
  }

  public addManagedPolicy(policy: IManagedPolicy): void {
    this.managedPolicies.push(policy.managedPolicyArn);
  }

  public grant(grantee: IPrincipal, ...actions: string[]): Grant {
    return Grant.addToPrincipal({ grantee, actions, resourceArns: [this.roleArn] });
  }

  public grantPassRole(grantee: IPrincipal): Grant {
    return this.grant(grantee, 'iam:PassRole');
  }

  public grantAssumeRole(grantee: IPrincipal): Grant {
    return this.grant(grantee, 'sts:AssumeRole');
  }
}
