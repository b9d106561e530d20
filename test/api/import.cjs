'use strict';
// Run by `npm run verify`: an app that only serves loads neither what trains nor, until a check runs, cdk-nag or rules.
const assert = require('node:assert');
const { App, Stack } = require('aws-cdk-lib');
const { InferenceEndpoint, InferenceModel, SageMakerImage } = require('../../lib');

const loaded = name => Object.keys(require.cache).some(file => file.includes(name));

const app = new App({ context: { 'cdk-ml-patterns:compliance': 'off' } });
const image = SageMakerImage.fromUri('111122223333.dkr.ecr.eu-west-1.amazonaws.com/churn:1');
new InferenceEndpoint(new Stack(app, 'Serving'), 'Endpoint', { model: InferenceModel.fromContainer({ image }) });
app.synth();

assert(loaded('/lib/inference/'), 'the endpoint must come from lib');
for (const name of ['/lib/training/', '/lib/report/', '/cdk-nag/', '/lib/compliance/rules/', '/@viz-js/']) { assert(!loaded(name), `${name} is loaded without need`); }
