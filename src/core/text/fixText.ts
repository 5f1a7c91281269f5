import { defineMessages } from './messages';

/** Titles of mends that an editor offers. */
export const fixText = defineMessages(
  {
    replace: 'Replace with {text}',
    remove: 'Remove it',
    insertBlank: 'Insert a blank',
    comment: 'Make it a comment',
    renameElement: 'Rename the element to {text}',
    orderAttributes: 'Put the attributes in order',
    fixAll: 'Fix all problems with an obvious mend',
  },
  {
    replace: 'Remplacer par {text}',
    remove: 'Supprimer',
    insertBlank: 'Insérer une espace',
    comment: 'Mettre en commentaire',
    renameElement: 'Renommer l’élément en {text}',
    orderAttributes: 'Mettre les attributs dans l’ordre',
    fixAll: 'Corriger tous les problèmes qui ont une correction évidente',
  },
);

export type FixTitle = keyof typeof fixText.en;
