import { awscdk, javascript } from 'projen';

const project = new awscdk.AwsCdkConstructLibrary({
  name: 'cdk-ml-patterns',
  description: 'L3 constructs for machine learning on AWS: artifact bucket, container repository, SageMaker pipeline and inference endpoint, with compliance checks baked in',
  author: 'The cdk-ml-patterns authors',
  authorAddress: 'cdk-ml-patterns@users.noreply.github.com',
  authorOrganization: true,
  repositoryUrl: 'https://github.com/cdk-ml-patterns/cdk-ml-patterns.git',
  license: 'Apache-2.0',
  keywords: ['aws', 'cdk', 'awscdk', 'sagemaker', 'mlops', 'machine-learning'],
  defaultReleaseBranch: 'main',

  projenrcTs: true,
  packageManager: javascript.NodePackageManager.NPM,
  minNodeVersion: '20.0.0',
  workflowNodeVersion: '22',
  cdkVersion: '2.260.0',
  constructsVersion: '10.5.1',
  jsiiVersion: '~6.0.0',
  typescriptVersion: '~6.0.0',
  bumpPackage: 'commit-and-tag-version@^12', // 13 wants node >= 22
  tsconfigDevFile: 'tsconfig.dev.json',

  bin: { 'cdk-ml-report': 'lib/report/cli.js' },
  gitignore: ['/demo-out/'],

  bundledDeps: ['cdk-nag@^3.0.2', '@viz-js/viz@^3.31.0'],

  jestOptions: {
    updateSnapshot: javascript.UpdateSnapshot.NEVER,
    passWithNoTests: false,
  },

  publishToPypi: { distName: 'cdk-ml-patterns', module: 'cdk_ml_patterns' },
  publishToMaven: { javaPackage: 'io.github.cdkmlpatterns', mavenGroupId: 'io.github.cdkmlpatterns', mavenArtifactId: 'cdk-ml-patterns' },
  publishToGo: { moduleName: 'github.com/cdk-ml-patterns/cdk-ml-patterns-go', packageName: 'cdkmlpatterns' },
  publishToNuget: { dotNetNamespace: 'CdkMlPatterns', packageId: 'CdkMlPatterns' },
});

// Not a projen task: it must start on a fresh clone, where projen is not installed yet.
project.package.setScript('demo', 'node scripts/demo.js');
project.npmignore?.exclude('/demo-out/', '/scripts/');

project.package.addPackageResolutions(
  '@aws-cdk/cloud-assembly-schema@54.11.0',
  '@aws-cdk/asset-node-proxy-agent-v6@2.1.2',
  'unrs-resolver@1.12.2',
);

project.synth();
