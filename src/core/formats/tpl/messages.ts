import { defineMessages } from '../../text/messages';

export const tplMessages = defineMessages(
  { 'tpl.not-understood': 'This is no XML, no APD template and no text of [section] and key = value lines.' },
  { 'tpl.not-understood': 'Ce n’est ni du XML, ni un modèle APD, ni un texte de lignes [section] et clé = valeur.' },
);
