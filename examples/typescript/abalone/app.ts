import { App } from 'aws-cdk-lib';
import { ServingStack } from './serving-stack';
import { TrainingStack } from './training-stack';

const app = new App();
const training = new TrainingStack(app, 'Training');
new ServingStack(app, 'Serving', { models: training.models });
app.synth();
