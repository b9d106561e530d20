import { Component } from 'projen';
import { AwsCdkConstructLibrary } from 'projen/lib/awscdk';
import { JobPermission } from 'projen/lib/github/workflows-model';

/** The four commands, plain Node programs that work in a fresh clone, a workflow that runs what a contributor runs, and one that builds the container kit's image each night. */
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

    const nightly = project.github?.addWorkflow('nightly-image');
    nightly?.on({ schedule: [{ cron: '17 3 * * *' }], workflowDispatch: {} });
    nightly?.addJob('image', {
      runsOn: ['ubuntu-latest'],
      permissions: { contents: JobPermission.READ },
      timeoutMinutes: 60,
      steps: [
        { name: 'Checkout', uses: 'actions/checkout@v5' },
        { name: 'Install', run: 'sudo apt-get update && sudo apt-get install --yes --no-install-recommends mmdebstrap debian-archive-keyring gpg buildah' },
        { name: 'Build the image of the container kit and check it', run: 'sudo scripts/nightly-image.sh' },
      ],
    });
  }
}
