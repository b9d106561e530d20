export { warnLate } from '../../compliance/late-warning';
