export { version as productVersion } from '../../../package.json';
