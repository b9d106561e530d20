import { App } from 'aws-cdk-lib';
import { TrainingStack } from './training-stack';

const app = new App();
new TrainingStack(app, 'Training');
app.synth();
