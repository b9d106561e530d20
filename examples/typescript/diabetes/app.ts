import { App } from 'aws-cdk-lib';
import { DiabetesStack } from './diabetes-stack';

const app = new App();
new DiabetesStack(app, 'Diabetes');
app.synth();
