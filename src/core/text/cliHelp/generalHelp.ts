import type { HelpPage } from './helpPage';

/** What `gaxpkg --help` prints: all verbs, and what holds for each. */
export const generalHelp: HelpPage = {
  en: `gaxpkg: import Genesys installation packages and deploy them over SSH

Usage: gaxpkg [--data DIR] [--locale en|fr] VERB [ARGUMENTS]

  import PATH…        import packages into the repository
  list                packages of the repository
  show NAME           all that is known of one package
  edit NAME           change group or description of a package
  copy NAME           copy a package to tenants
  replace FILE…       import packages in the place of those that are there
  delete NAME         delete a package
  download NAME…      save copies of packages
  files NAME          files inside a package; cat NAME PATH shows one
  compare A B         files in which two packages differ
  host …              add, list, test, edit, remove hosts
  plan NAME           what a deployment would do on hosts
  deploy NAME         install a package on hosts
  upgrade NAME        upgrade what hosts have of a package to a higher version
  rollback NAME       go back to the version that hosts had before
  deployments         deployments, newest first; stop, pause, resume, clean up one
  verify DEPLOYED     are the files on the host still those of the package?
  files-copied DEPLOYED  the files of a plug-in have been copied into GAX by hand
  history DEPLOYED    every installation of an application object, with what was entered
  log DEPLOYMENT      the deployment action log
  tenant …            list, add, rename, remove tenants
  user …, role …      who may do what
  audit               who did what
  repository …        check, repair, export, restore the repository
  service …           status, stop, use a recovered copy
  lint PATH…          check packages, folders, files: silent.ini, templates, descriptions, SPD
  apd …               decode, encode, compare, make binary application templates

  --data DIR          data folder (default: that of the editor)
  --ssh-config FILE   SSH configuration to read (default: as ssh does; none: no file)
  --locale en|fr      language (default: from LC_ALL, LC_MESSAGES, LANG)
  --version           version of this program

A package's NAME is its nickname or full name in any case; NAME@VERSION names one version.
Exit codes: 0 done, 1 failed, 2 wrong command line or ambiguous name.`,
  fr: `gaxpkg : importer des packages d’installation Genesys et les déployer par SSH

Usage : gaxpkg [--data DOSSIER] [--locale en|fr] VERBE [ARGUMENTS]

  import CHEMIN…      importer des packages dans le référentiel
  list                packages du référentiel
  show NOM            tout ce qui est connu d’un package
  edit NOM            modifier le groupe ou la description d’un package
  copy NOM            copier un package vers des locataires
  replace FICHIER…    importer des packages à la place de ceux qui existent
  delete NOM          supprimer un package
  download NOM…       enregistrer des copies de packages
  files NOM           fichiers d’un package ; cat NOM CHEMIN en montre un
  compare A B         fichiers par lesquels deux packages diffèrent
  host …              ajouter, lister, tester, modifier, retirer des hôtes
  plan NOM            ce qu’un déploiement ferait sur des hôtes
  deploy NOM          installer un package sur des hôtes
  upgrade NOM         mettre à niveau ce que des hôtes ont d’un package
  rollback NOM        revenir à la version que des hôtes avaient avant
  deployments         déploiements, du plus récent au plus ancien ; en arrêter, reprendre, nettoyer un
  verify DÉPLOYÉ      les fichiers de l’hôte sont-ils encore ceux du package ?
  files-copied DÉPLOYÉ  les fichiers d’un plug-in ont été copiés dans GAX à la main
  history DÉPLOYÉ     chaque installation d’un objet Application, avec les saisies
  log DÉPLOIEMENT     le journal d’actions de déploiement
  tenant …            lister, ajouter, renommer, retirer des locataires
  user …, role …      qui peut faire quoi
  audit               qui a fait quoi
  repository …        vérifier, réparer, exporter, restaurer le référentiel
  service …           état, arrêt, utilisation d’une copie récupérée
  lint CHEMIN…        vérifier packages, dossiers, fichiers : silent.ini, modèles, descriptions, SPD
  apd …               décoder, encoder, comparer, créer des modèles d’application binaires

  --data DOSSIER      dossier de données (par défaut : celui de l’éditeur)
  --ssh-config FICHIER  configuration SSH à lire (par défaut : comme ssh ; none : aucun fichier)
  --locale en|fr      langue (par défaut : d’après LC_ALL, LC_MESSAGES, LANG)
  --version           version de ce programme

Le NOM d’un package est son surnom ou son nom complet, sans tenir compte de la casse ; NOM@VERSION
désigne une version.
Codes de sortie : 0 terminé, 1 échec, 2 ligne de commande erronée ou nom ambigu.`,
};
