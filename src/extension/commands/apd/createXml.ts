import { metadataFromApd } from '../../../core/formats/templatePair/convert';
import { encodeUtf8 } from '../../../core/text/utf8';
import { baseNameOf, findPartner, readWholeApd } from '../../documents/templateFiles';
import type { Command } from '../command';
import { chooseTemplate } from './chooseTemplate';
import { writeTemplate } from './writeTemplate';

export const createXmlFromApd: Command = {
  id: 'gaxPackages.apd.createXml',
  run: async ({ locale }, called) => {
    const source = await chooseTemplate(called, 'apd', locale);
    const { made, lost } = metadataFromApd(await readWholeApd(source), baseNameOf(source));
    await writeTemplate({ source, target: await findPartner(source, '.xml'), bytes: encodeUtf8(made), lost }, locale);
  },
};
