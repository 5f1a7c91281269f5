import { defineMessages } from '../messages';

/** Words of questions about host keys. */
export const hostKeyText = defineMessages(
  {
    trustMessage: 'Trust the host key of {host} ({address})?',
    trustDetail:
      'First contact. Type: {type}. Fingerprint: {fingerprint}. Compare it with the one that the host’s administrator gives you. Nothing has been sent yet.',
    copyFingerprint: 'Copy Fingerprint',
    trust: 'Trust',
    trustAndAdd: 'Trust and Add to known_hosts',
  },
  {
    trustMessage: 'Approuver la clé d’hôte de {host} ({address}) ?',
    trustDetail:
      'Premier contact. Type : {type}. Empreinte : {fingerprint}. Comparez-la à celle que donne l’administrateur de l’hôte. Rien n’a encore été envoyé.',
    copyFingerprint: 'Copier l’empreinte',
    trust: 'Approuver',
    trustAndAdd: 'Approuver et ajouter à known_hosts',
  },
);
