// Run by `npm run verify`: ES modules find the names of the package in its index.
import { InferenceEndpoint, MlTrainingPipeline } from '../../lib/index.js';

if (typeof InferenceEndpoint !== 'function' || typeof MlTrainingPipeline !== 'function') { throw new Error('names are missing'); }
