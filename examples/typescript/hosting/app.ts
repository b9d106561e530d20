import { App } from 'aws-cdk-lib';
import { ServingStack } from './serving-stack';
import { StorageStack } from './storage-stack';

const app = new App();
const { artifacts, images } = new StorageStack(app, 'Storage');
new ServingStack(app, 'Serving', { artifacts, images });
app.synth();
