import { defineMessages } from '../messages';

/** What several commands say. */
export const sharedText = defineMessages(
  {
    productName: 'Genesys Packages',
    languageServer: 'Genesys Packages Language Server',
    showLog: 'Show Log',
    show: 'Show',
    tryAgain: 'Try Again',
    copyDetails: 'Copy Details',
    deploymentActionLog: 'Deployment Action Log',
    manageTrust: 'Manage Workspace Trust',
    bit: '-bit',
    none: 'none',
    listMore: '{items} and {n} more',
    needsTrust: 'Importing, deploying and editing hosts need a trusted window. Lists and downloads work here too.',
  },
  {
    productName: 'Packages Genesys',
    languageServer: 'Serveur de langage des packages Genesys',
    showLog: 'Afficher le journal',
    show: 'Afficher',
    tryAgain: 'Réessayer',
    copyDetails: 'Copier les détails',
    deploymentActionLog: 'Journal d’actions de déploiement',
    manageTrust: 'Gérer l’approbation de l’espace de travail',
    bit: ' bits',
    none: 'aucun',
    listMore: '{items} et {n} de plus',
    needsTrust: 'Importer, déployer et modifier des hôtes demandent une fenêtre approuvée. Listes et téléchargements restent possibles ici.',
  },
);
