import { Component } from 'projen';
import { AwsCdkConstructLibrary } from 'projen/lib/awscdk';
import { JobPermission } from 'projen/lib/github/workflows-model';

/** The four commands, plain Node programs that work in a fresh clone, and a workflow that runs what a contributor runs. */
export class Verification extends Component {
  constructor(project: AwsCdkConstructLibrary) {
    super(project);
    project.setScript('demo', 'node scripts/demo.js');
    project.setScript('verify', 'node scripts/verify.js');
    project.setScript('test', 'node scripts/test.js');
    project.setScript('bench', 'node bench/run.js');

    const workflow = project.github?.addWorkflow('verify');
    workflow?.on({ pullRequest: {}, push: { branches: ['main'] }, workflowDispatch: {} });
    workflow?.addJob('verify', {
      runsOn: ['ubuntu-latest'],
      permissions: { contents: JobPermission.READ },
      timeoutMinutes: 60,
      env: { CI: 'true' },
      steps: [
        { name: 'Checkout', uses: 'actions/checkout@v5' },
        { name: 'Setup Node.js', uses: 'actions/setup-node@v5', with: { 'node-version': '22', 'package-manager-cache': false } },
        { name: 'Verify', run: '.ci/run' },
      ],
    });
  }
}
