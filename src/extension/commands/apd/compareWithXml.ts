import { apdCommandText } from '../../../core/text/apdCommandText';
import { createText } from '../../../core/text/messages';
import { findPartner, nameOf } from '../../documents/templateFiles';
import type { Command } from '../command';
import { chooseTemplate } from './chooseTemplate';

export const compareApdWithXml: Command = {
  id: 'gaxPackages.apd.compareWithXml',
  run: async ({ locale, apdTexts }, target) => {
    const apd = await chooseTemplate(target, 'apd', locale);
    const xml = await findPartner(apd, '.xml');
    await apdTexts.compare(apd, createText(locale, apdCommandText)('compareTitle', { xml: nameOf(xml), apd: nameOf(apd) }), xml);
  },
};
