import { compareApdWithXml } from './apd/compareWithXml';
import { createApdFromXml } from './apd/createFromXml';
import { createXmlFromApd } from './apd/createXml';
import { openApdAsText } from './apd/openAsText';
import type { Command } from './command';
import { cleanUp } from './deployments/cleanUp';
import { leaveFailed } from './deployments/leaveFailed';
import { goOn, goOnHost, pause } from './deployments/goOn';
import { installAgain, rollBack, upgrade } from './deployments/replace';
import { resume, retryFailed, retryHost } from './deployments/resume';
import { runAgain } from './deployments/runAgain';
import { showLog } from './deployments/showLog';
import { showProgress } from './deployments/showProgress';
import { stop } from './deployments/stop';
import { exportLog } from './deployments/exportLog';
import { searchLogs } from './deployments/searchLogs';
import { markFilesCopied } from './deployments/markFilesCopied';
import { verifyDeployed } from './deployments/verify';
import { renameGroup } from './groups/rename';
import { addHost } from './hosts/add';
import { addHostsFromSshConfig } from './hosts/addFromSshConfig';
import { editHost } from './hosts/edit';
import { openTerminal } from './hosts/openTerminal';
import { removeHost } from './hosts/remove';
import { testAllConnections, testConnection } from './hosts/test';
import { restartLanguageServer } from './languageServer/restart';
import { changeObjectFilter, clearObjectFilter, filterObjects } from './objects/filter';
import { comparePackageVersions } from './packages/compare';
import { copyIdentity } from './packages/copyIdentity';
import { copyToTenants } from './packages/copyToTenants';
import { deletePackage } from './packages/delete';
import { deploy, deployToHost } from './packages/deploy';
import { dismissImport } from './packages/dismissImport';
import { downloadPackage } from './packages/download';
import { changeFilter, clearFilter, filterPackages } from './packages/filter';
import { filterByTenant } from './packages/filterByTenant';
import { goToPackage } from './packages/goTo';
import { importFile } from './packages/importFile';
import { importPackages } from './packages/importPackages';
import { moveToGroup } from './packages/moveToGroup';
import { openList } from './packages/openList';
import { refresh } from './packages/refresh';
import { replacePackage } from './packages/replace';
import { retryImport } from './packages/retryImport';
import { openPackageFile } from './packages/openFile';
import { openToSide, showDetails } from './packages/showDetails';
import { stopImport } from './packages/stopImport';
import { connect } from './repository/connect';
import { useCopy } from './repository/useCopy';
import { manageRoles } from './roles/manage';
import { forgetSecrets } from './secrets/forget';
import { restart } from './service/restart';
import { showServiceLog } from './service/showLog';
import { addTenant, removeTenant, renameTenant } from './tenants/manage';
import { manageUsers } from './users/manage';
import { showMore } from './views/showMore';
import { openWalkthrough } from './walkthrough/open';

/** Every command of the extension; `scripts/checkManifest.mjs` holds the list against the manifest. */
export const allCommands: readonly Command[] = [
  comparePackageVersions, openPackageFile,
  importPackages, importFile, retryImport, stopImport, dismissImport, showDetails, deploy, copyIdentity, deletePackage, moveToGroup, refresh,
  showLog, showProgress, stop, pause, goOn, goOnHost, resume, retryFailed, retryHost, cleanUp, leaveFailed, runAgain, verifyDeployed, markFilesCopied, exportLog, searchLogs, upgrade, rollBack, installAgain,
  addHost, addHostsFromSshConfig, editHost, removeHost, testConnection, testAllConnections, deployToHost, openTerminal,
  showServiceLog, restart, restartLanguageServer, connect, useCopy, forgetSecrets, openWalkthrough, showMore, openToSide,
  openApdAsText, compareApdWithXml, createApdFromXml, createXmlFromApd,
  openList, goToPackage, filterPackages, changeFilter, clearFilter, filterByTenant, filterObjects, changeObjectFilter, clearObjectFilter, copyToTenants, downloadPackage, replacePackage, renameGroup,
  addTenant, renameTenant, removeTenant, manageUsers, manageRoles,
];
