import type { Command } from '../command';
import { chooseTemplate } from './chooseTemplate';

export const openApdAsText: Command = {
  id: 'gaxPackages.apd.openAsText',
  run: async ({ locale, apdTexts }, target) => apdTexts.open(await chooseTemplate(target, 'apd', locale)),
};
