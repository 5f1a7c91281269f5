import type { HelpPage } from './helpPage';

/** Help of `gaxpkg history`. */
export const historyHelp: HelpPage = {
  en: `Usage: gaxpkg history DEPLOYED [--host H] [--json]

Lists every installation of an application object, newest first: when, profile, version, by whom and from where,
plan, deployment and how it ended, and the values that were entered; secrets are only named.`,
  fr: `Usage : gaxpkg history DÉPLOYÉ [--host H] [--json]

Liste chaque installation d’un objet Application, la plus récente d’abord : date, profil, version, par qui et
d’où, plan, déploiement et son issue, et les valeurs saisies ; les secrets sont seulement nommés.`,
};
