// The only door between the package service and its clients (editor, command line).
export { connectToService, type ConnectOptions } from './connectToService';
export { createReconnectingClient, type ConnectionState, type ReconnectingClient, type ReconnectOptions } from './reconnectingClient';
export { type ClientHandlers, type ClientIdentity, type ServiceClient } from './serviceClient';
export { dataFolderAt, defaultDataFolder, type DataFolder } from '../lifecycle/dataFolder';
export { productVersion } from '../lifecycle/productVersion';
export { followDeployment, type DeploymentFollower, type FollowedDeployment, type FollowingClient } from './followDeployment';
export { readPackageFiles, type PackageFileContent } from './readPackageFiles';
export { readDeploymentEvents } from './readDeploymentEvents';
export { readAuditTrail } from './readAuditTrail';
