import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { encodeApd } from '../../../src/core/formats/apd/encode';
import type { ApdTemplate, ApdText } from '../../../src/core/formats/apd/model';
import { isTextFormat } from '../../../src/core/language/diagnose';
import { recognizeFormat, type FormatId } from '../../../src/core/language/recognizeFormat';
import { projectRoot } from '../projectRoot';

export interface GoodFile {
  readonly name: string;
  readonly format: FormatId;
  readonly bytes: Uint8Array;
  readonly text: string;
}

const folder = join(projectRoot, 'test/fixtures/formats');

/** The files of test/fixtures/formats, none of which has anything wrong, and an application template. */
export function goodFiles(): readonly GoodFile[] {
  const files = readdirSync(folder).map((name) => ({ name, bytes: new Uint8Array(readFileSync(join(folder, name))) }));
  return [...files, { name: 'Dialer_91.apd', bytes: goodApd() }].map(({ name, bytes }) => {
    const text = Buffer.from(bytes).toString('utf8');
    const format = recognizeFormat(name, text.slice(0, 4096));
    if (format === undefined) throw new Error(`${name} is of no known format`);
    return { name, format, bytes, text };
  });
}

/** One of them. */
export function goodFile(name: string): GoodFile {
  const found = goodFiles().find((file) => file.name === name);
  if (!found) throw new Error(`there is no ${name}`);
  return found;
}

/** Those that are edited as text. */
export function goodTexts(): readonly GoodFile[] {
  return goodFiles().filter((file) => isTextFormat(file.format));
}

const text = (value: string): ApdText => ({ text: value, encoding: 'utf8' });

/** The options of Dialer_91.xml. */
const sections: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  log: { verbose: 'standard' },
  dialing: { order: 'oldest', '<media-type>.lines': '10', prefix: '00', days: 'mon, tue', subject: 'Re: ' },
};

/** An application template beside Dialer_91.xml, with the same options in another order; `change` breaks it before it is encoded. */
export function goodApd(options = sections, version = '9.1.0', applicationType = 23): Uint8Array {
  const template: ApdTemplate = {
    mark: 0x00010000, reserved: 0, name: { value: text('Dialer_91') }, applicationType, version: { value: text(version) }, state: 1,
    sections: {
      pairs: Object.entries(options).map(([section, values]) => ({
        key: text(section), start: 0, end: 0,
        value: { pairs: Object.entries(values).map(([key, value]) => ({ key: text(key), value: text(value), start: 0, end: 0 })) },
      })),
    },
  };
  const { bytes } = encodeApd(template);
  if (!bytes) throw new Error('the template cannot be encoded');
  return bytes;
}
