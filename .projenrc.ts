import { awscdk, javascript } from 'projen';
import { Published } from './projenrc/published';
import { Strictness } from './projenrc/strictness';
import { Verification } from './projenrc/verification';

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
  githubOptions: { mergify: false },

  bin: { 'cdk-ml-report': 'bin/cdk-ml-report' },

  bundledDeps: ['cdk-nag@^3.0.2', '@viz-js/viz@^3.31.0'],
  devDeps: ['ajv@^8', 'fast-check@^4', 'jsii-reflect'],

  tsconfig: { compilerOptions: { inlineSourceMap: false, inlineSources: false } }, // source maps were 60 % of the published bytes
  tsconfigDevFile: 'tsconfig.dev.json',
  tsconfigDev: {
    compilerOptions: { paths: { 'cdk-ml-patterns': ['./src'] } }, // examples are checked against the sources
    include: ['.projenrc.ts'],
    exclude: ['**/node_modules', '.verify', 'demo-out'],
  },
  eslintOptions: {
    dirs: ['src'],
    devdirs: ['test', 'projenrc', 'examples'],
    projectService: false,
    tsconfigPath: './tsconfig.dev.json',
    commandOptions: { fix: false, extraArgs: ['--max-warnings=0'] },
  },
  jestOptions: {
    updateSnapshot: javascript.UpdateSnapshot.NEVER,
    passWithNoTests: false,
    junitReporting: false,
    jestConfig: {
      collectCoverage: false,
      setupFiles: ['<rootDir>/test/setup.ts'],
      modulePathIgnorePatterns: ['<rootDir>/.verify/', '<rootDir>/demo-out/', '<rootDir>/dist/'],
      moduleNameMapper: { '^cdk-ml-patterns$': '<rootDir>/src' }, // examples are tested against the sources
    },
  },

  publishToPypi: { distName: 'cdk-ml-patterns', module: 'cdk_ml_patterns' },
  publishToMaven: { javaPackage: 'io.github.cdkmlpatterns', mavenGroupId: 'io.github.cdkmlpatterns', mavenArtifactId: 'cdk-ml-patterns' },
  publishToGo: { moduleName: 'github.com/cdk-ml-patterns/cdk-ml-patterns-go', packageName: 'cdkmlpatterns' },
  publishToNuget: { dotNetNamespace: 'CdkMlPatterns', packageId: 'CdkMlPatterns' },
});

project.package.addPackageResolutions(
  '@aws-cdk/cloud-assembly-schema@54.11.0', // what jsii-pacmak writes into go.mod must exist as a Go module
  '@aws-cdk/asset-node-proxy-agent-v6@2.1.2',
  'unrs-resolver@1.12.2', // newer ones leave platform bindings out of the lock file, which npm ci then refuses
);

new Strictness(project);
new Published(project);
new Verification(project);

project.synth();
