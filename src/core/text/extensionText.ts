import { deployCommandText } from './extension/deployCommandText';
import { deploymentCommandText } from './extension/deploymentCommandText';
import { hostCommandText } from './extension/hostCommandText';
import { hostKeyText } from './extension/hostKeyText';
import { packageCommandText } from './extension/packageCommandText';
import { secretText } from './extension/secretText';
import { serviceCommandText } from './extension/serviceCommandText';
import { sharedText } from './extension/sharedText';

/** Words of the editor's commands: inputs, questions, modals and notifications. Each area has a catalogue of its own. */
export const extensionText = {
  en: { ...sharedText.en, ...packageCommandText.en, ...deployCommandText.en, ...deploymentCommandText.en, ...hostCommandText.en, ...hostKeyText.en, ...secretText.en, ...serviceCommandText.en },
  fr: { ...sharedText.fr, ...packageCommandText.fr, ...deployCommandText.fr, ...deploymentCommandText.fr, ...hostCommandText.fr, ...hostKeyText.fr, ...secretText.fr, ...serviceCommandText.fr },
};

export type ExtensionTextKey = keyof (typeof extensionText)['en'];
