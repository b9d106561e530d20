/** https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ProcessingInput.html */
export const ROOT = '/opt/ml/processing';
export const NAME = /^[A-Za-z0-9\-_.]{1,255}$/;
export const NAME_RULE = 'be 1 to 255 letters, digits, -, _ and .';
export const LOCAL_PATH = /^\/.{0,255}$/;
export const LOCAL_PATH_RULE = "begin with '/'";

/** https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateProcessingJob.html */
export const MAX_PLACES = 10;
