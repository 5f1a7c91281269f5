import { defineMessages } from '../text/messages';

/** Errors and warnings of plug-ins of GAX. */
export const plugInErrors = defineMessages(
  {
    'plugIn/no-gax': '{host} has no GAX application, and {package} is a plug-in of GAX. Take the host out, or deploy GAX to it first.',
    'plugIn/several-gax': '{host} has several GAX applications: {applications}. Choose the GAX application object that {package} is for on this host.',
    'plugIn/not-gax': '{application} is no GAX application of {host}. {applications, select, none {The host has none} other {It has: {applications}}}. Choose another one, or take the host out.',
    'plugIn/gax-gone': 'The GAX application object {application} of {host} is not there any more. Choose another one, then try again. Nothing was installed.',
    'plugIn/not-asked': '{package} is a plug-in, and {what, select, application {tenant, port and Configuration Servers are} reinstallation {skipping a reinstallation is} edit {{key} of the GAX application object is} other {{what} is}} nothing that a plug-in changes. Leave it out.',
    'plugIn/gax-directory-missing': 'The GAX directory of {host} is empty. Enter it; it is taken from the GAX application object only where that names a working directory and nothing else is entered.',
    'plugIn/gax-directory-relative': 'The GAX directory “{path}” of {host} is no absolute path. Enter the whole path, from the root on.',
    'plugIn/path-is-gax': 'The plug-in path of {host} is the GAX directory {path} itself: the installer would move all of GAX into a backup folder. Choose another plug-in path.',
    'plugIn/not-gax-directory': '{path} on {host} is not a GAX directory: webapp/WEB-INF/lib is missing. The plug-in will be installed, but its files will not be copied into GAX.',
    'plugIn/gax-elsewhere': '{path}, the working directory of the GAX application object, is not a GAX directory on {host}: webapp\\WEB-INF\\lib is missing. The plug-in will be installed; whether its installer finds GAX by itself cannot be told, so look for its files in GAX afterwards.',
  },
  {
    'plugIn/no-gax': '{host} n’a pas d’application GAX, et {package} est un plug-in de GAX. Retirez l’hôte ou déployez-y d’abord GAX.',
    'plugIn/several-gax': '{host} a plusieurs applications GAX : {applications}. Choisissez l’objet Application GAX auquel {package} est destiné sur cet hôte.',
    'plugIn/not-gax': '{application} n’est pas une application GAX de {host}. {applications, select, none {L’hôte n’en a aucune} other {Il a : {applications}}}. Choisissez-en une autre ou retirez l’hôte.',
    'plugIn/gax-gone': 'L’objet Application GAX {application} de {host} n’existe plus. Choisissez-en un autre, puis réessayez. Rien n’a été installé.',
    'plugIn/not-asked': '{package} est un plug-in, et {what, select, application {locataire, port et serveurs Configuration Server ne sont} reinstallation {ignorer une réinstallation n’est} edit {{key} de l’objet Application GAX n’est} other {{what} n’est}} rien qu’un plug-in modifie. Retirez cette saisie.',
    'plugIn/gax-directory-missing': 'Le répertoire GAX de {host} est vide. Saisissez-le ; il n’est repris de l’objet Application GAX que si celui-ci a un répertoire de travail et si rien d’autre n’est saisi.',
    'plugIn/gax-directory-relative': 'Le répertoire GAX « {path} » de {host} n’est pas un chemin absolu. Saisissez le chemin entier, depuis la racine.',
    'plugIn/path-is-gax': 'Le chemin d’installation du plug-in sur {host} est le répertoire GAX {path} lui-même : le programme d’installation déplacerait tout GAX dans un dossier de sauvegarde. Choisissez un autre chemin.',
    'plugIn/not-gax-directory': '{path} sur {host} n’est pas un répertoire GAX : webapp/WEB-INF/lib est absent. Le plug-in sera installé, mais ses fichiers ne seront pas copiés dans GAX.',
    'plugIn/gax-elsewhere': '{path}, le répertoire de travail de l’objet Application GAX, n’est pas un répertoire GAX sur {host} : webapp\\WEB-INF\\lib est absent. Le plug-in sera installé ; comme on ne peut savoir si son programme d’installation trouvera GAX, cherchez ensuite ses fichiers dans GAX.',
  },
);
