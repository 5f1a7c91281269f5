import { defineMessages } from './messages';

/** Words of the commands on application templates. */
export const apdCommandText = defineMessages(
  {
    chooseApd: 'Choose Application Template',
    chooseXml: 'Choose XML Template',
    choose: 'Choose',
    apdFiles: 'Application templates',
    xmlFiles: 'XML templates',
    replaceMessage: 'Replace {file}?',
    replaceDetail: 'It is written anew from {source}. What the present file holds beyond that is gone.',
    cannotHold: '{file} cannot hold: {losses}.',
    replace: 'Replace',
    made: '{file} was made of {source}. It cannot hold: {losses}.',
    compareTitle: '{xml} ↔ {apd}',
  },
  {
    chooseApd: 'Choisir un modèle d’application',
    chooseXml: 'Choisir un modèle XML',
    choose: 'Choisir',
    apdFiles: 'Modèles d’application',
    xmlFiles: 'Modèles XML',
    replaceMessage: 'Remplacer {file} ?',
    replaceDetail: 'Il est réécrit à partir de {source}. Ce que le fichier actuel contient de plus est perdu.',
    cannotHold: '{file} ne peut pas contenir : {losses}.',
    replace: 'Remplacer',
    made: '{file} a été créé à partir de {source}. Il ne peut pas contenir : {losses}.',
    compareTitle: '{xml} ↔ {apd}',
  },
);
