import { defineMessages } from './messages';

/** What the editor says when a name is changed, or cannot be. */
export const namesText = defineMessages(
  {
    brokenFile: 'The file is not well-formed XML, so places of {name} could be missed. Mend it first.',
    brokenScript: 'A script or condition of the file is not JavaScript, so places of {name} could be missed. Mend it first.',
    ofVendor: '{name} is a name of the vendor and cannot be changed.',
    notDefined: 'Nothing in this file defines {name}, so it cannot be renamed.',
    empty: 'The new name is empty. Give one.',
    notIdentifier: '“{newName}” cannot be the name of a variable. Use letters, digits, _ and $, no digit first, and no word of JavaScript.',
    holdsSeparator: '“{newName}” holds the character that separates choices. Use another name.',
    taken: '“{newName}” is there already. Use another name.',
    nothingHere: 'Nothing that can be renamed stands here.',
    keptInApd: '{apd} is binary and keeps the old name {name}. An editor that asks before it changes a file is needed to rename it in the XML alone.',
    renameInXml: 'Rename {name} in the XML alone',
    apdKeeps: '{apd} is binary and keeps the old name. Create the APD from the XML anew afterwards.',
  },
  {
    brokenFile: 'Le fichier n’est pas du XML bien formé ; des emplacements de {name} pourraient être oubliés. Corrigez-le d’abord.',
    brokenScript: 'Un script ou une condition du fichier n’est pas du JavaScript ; des emplacements de {name} pourraient être oubliés. Corrigez-le d’abord.',
    ofVendor: '{name} est un nom de l’éditeur du produit et ne peut pas être changé.',
    notDefined: 'Rien dans ce fichier ne définit {name} ; le renommer ici est impossible.',
    empty: 'Le nouveau nom est vide. Donnez-en un.',
    notIdentifier: '« {newName} » ne peut pas être le nom d’une variable. Utilisez des lettres, des chiffres, _ et $, sans chiffre au début, et aucun mot de JavaScript.',
    holdsSeparator: '« {newName} » contient le caractère qui sépare les choix. Utilisez un autre nom.',
    taken: '« {newName} » existe déjà. Utilisez un autre nom.',
    nothingHere: 'Rien ici ne peut être renommé.',
    keptInApd: '{apd} est binaire et garde l’ancien nom {name}. Il faut un éditeur qui demande avant de modifier un fichier pour le renommer dans le seul XML.',
    renameInXml: 'Renommer {name} dans le seul XML',
    apdKeeps: '{apd} est binaire et garde l’ancien nom. Créez ensuite à nouveau l’APD à partir du XML.',
  },
);
