import { Component } from 'projen';
import { AwsCdkConstructLibrary } from 'projen/lib/awscdk';

const NOT_PUBLISHED = [
  '/.ci/', '/.verify/', '/test-reports/', '/bench/', '/docs/', '/examples/', '/scripts/', '/demo-out/', '/CONTRIBUTING.md', 'cdk.out', '__pycache__',
];

const NOT_COMMITTED = [
  '.jsii.tabl.json', '/.verify/', '/demo-out/', 'cdk.out', '__pycache__/', '*.pyc', '*.egg-info',
  '/examples/*/*/.venv/', '/examples/*/*/target/', '/examples/*/*/out/', '/examples/*/*/package-lock.json', '/test-reports/', '/test/languages/*/*/out/', '/test/languages/*/*/target/', '/test/languages/*/*/package-lock.json', '/test/languages/go/*/go.sum', '/examples/go/*/go.sum', '/examples/go/*/abalone', '/examples/go/diabetes/diabetes',
];

/** What the npm package holds (lib, .jsii, API.md, README.md, LICENSE, container-kit, rosetta) and what git leaves alone. */
export class Published extends Component {
  constructor(project: AwsCdkConstructLibrary) {
    super(project);
    NOT_PUBLISHED.forEach(path => project.npmignore?.exclude(path));
    NOT_COMMITTED.forEach(path => project.gitignore.exclude(path));
    project.tryFindObjectFile('.github/workflows/release.yml')?.addDeletionOverride('jobs.release_npm.steps.9.env.NPM_REGISTRY'); // the default says the same
  }
}
