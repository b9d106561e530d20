// For the command and the demo; src/index.ts does not export this folder, so it is no part of the API.
export { pageOf } from './page';
export { reportOf } from './report';
export { summaryText } from './summary';
