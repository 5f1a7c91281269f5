import { apdCommandText } from '../../../core/text/apdCommandText';
import { createText } from '../../../core/text/messages';
import { nameOf, withEnding } from '../../documents/templateFiles';
import type { Command } from '../command';
import { chooseTemplate } from './chooseTemplate';

export const compareApdWithXml: Command = {
  id: 'gaxPackages.apd.compareWithXml',
  run: async ({ locale, apdTexts }, target) => {
    const apd = await chooseTemplate(target, 'apd', locale);
    await apdTexts.compare(apd, createText(locale, apdCommandText)('compareTitle', { xml: nameOf(withEnding(apd, '.xml')), apd: nameOf(apd) }));
  },
};
