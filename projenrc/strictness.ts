import { Component } from 'projen';
import { AwsCdkConstructLibrary } from 'projen/lib/awscdk';
import { importZones, MAX_LINES } from './layers';

/** Turns warnings into errors and adds the lint rules that the compiler cannot see. */
export class Strictness extends Component {
  constructor(project: AwsCdkConstructLibrary) {
    super(project);
    project.compileTask.reset('jsii --fail-on-warnings'); // projen silences the reserved-word warnings
    project.compileTask.exec('node scripts/lazy-index.js');
    project.watchTask.reset('jsii -w --fail-on-warnings');
    project.postCompileTask.exec('jsii-rosetta extract --strict'); // examples compile, and reach every language translated

    project.eslint?.addRules({
      '@typescript-eslint/prefer-nullish-coalescing': 'error', // `||` would turn a given 0 or '' into the default
      'max-lines': ['error', MAX_LINES],
      'import/no-restricted-paths': ['error', { zones: importZones() }],
    });
    project.eslint?.addOverride({
      files: ['examples/**/*.ts'], // programs of their own, which name the published package
      rules: { 'import/no-unresolved': 'off', 'import/no-extraneous-dependencies': 'off' },
    });
  }
}
