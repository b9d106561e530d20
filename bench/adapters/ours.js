'use strict';
const { App, Stack } = require('aws-cdk-lib');
const { InferenceEndpoint, InferenceModel, SageMakerImage } = require('../../lib');

exports.build = (count, outdir, compliance) => {
  const app = new App({ outdir, context: { 'cdk-ml-patterns:compliance': compliance } });
  const stack = new Stack(app, 'Serving');
  const image = SageMakerImage.fromUri('111122223333.dkr.ecr.eu-west-1.amazonaws.com/churn:1');
  for (let i = 0; i < count; i++) {
    new InferenceEndpoint(stack, `Endpoint${i}`, { model: InferenceModel.fromContainer({ image }) });
  }
  return app;
};
