// The template validation that newer versions of aws-cdk-lib run at synth takes seconds a stack; the consumers of `npm run verify` leave it on.
process.env.CDK_VALIDATION = 'false';
