import { cliAccessHelp } from './cliAccessHelp';
import { cliDeployHelp } from './cliDeployHelp';
import { apdHelp } from './cliHelp/apdHelp';
import { catHelp } from './cliHelp/catHelp';
import { compareHelp } from './cliHelp/compareHelp';
import { deploymentsHelp } from './cliHelp/deploymentsHelp';
import { downloadHelp } from './cliHelp/downloadHelp';
import { filesCopiedHelp } from './cliHelp/filesCopiedHelp';
import { filesHelp } from './cliHelp/filesHelp';
import { generalHelp } from './cliHelp/generalHelp';
import { historyHelp } from './cliHelp/historyHelp';
import { hostHelp } from './cliHelp/hostHelp';
import { importHelp } from './cliHelp/importHelp';
import { lintHelp } from './cliHelp/lintHelp';
import { listHelp } from './cliHelp/listHelp';
import { logHelp } from './cliHelp/logHelp';
import { repositoryHelp } from './cliHelp/repositoryHelp';
import { serviceHelp } from './cliHelp/serviceHelp';
import { showHelp } from './cliHelp/showHelp';
import { verifyHelp } from './cliHelp/verifyHelp';
import type { HelpPage } from './cliHelp/helpPage';
import type { Locale } from './messages';

/** What can be asked for with `--help`; `general` without a verb. */
export type HelpTopic = 'general' | 'import' | 'replace' | 'list' | 'show' | 'edit' | 'copy' | 'delete' | 'host' | 'tenant' | 'user' | 'role' | 'audit' | 'deploy' | 'upgrade' | 'rollback' | 'plan' | 'deployments' | 'verify' | 'files-copied' | 'history' | 'log' | 'service' | 'lint' | 'apd' | 'download' | 'compare' | 'files' | 'cat' | 'repository';

const pages: Readonly<Record<Exclude<HelpTopic, keyof typeof cliAccessHelp.en | keyof typeof cliDeployHelp.en>, HelpPage>> = {
  general: generalHelp, import: importHelp, list: listHelp, show: showHelp, host: hostHelp, deployments: deploymentsHelp, verify: verifyHelp, history: historyHelp, log: logHelp, download: downloadHelp, compare: compareHelp, files: filesHelp, cat: catHelp, repository: repositoryHelp, service: serviceHelp, lint: lintHelp, apd: apdHelp, 'files-copied': filesCopiedHelp,
};

/** All help pages. */
export const cliHelp: Readonly<Record<Locale, Readonly<Record<HelpTopic, string>>>> = { en: helpIn('en'), fr: helpIn('fr') };

function helpIn(locale: Locale): Readonly<Record<HelpTopic, string>> {
  const own = Object.fromEntries(Object.entries(pages).map(([topic, page]) => [topic, page[locale]])) as Record<keyof typeof pages, string>;
  return { ...cliAccessHelp[locale], ...cliDeployHelp[locale], ...own };
}
