import { createHash } from 'node:crypto';
import { createReadStream, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loneDefinitionPath } from '../../../src/core/packages/solution';
import { writeDefinition } from '../../support/samplePackages/definitions';
import { largeSample } from '../../support/samplePackages/samples';
import { writeLargeSample } from '../../support/samplePackages/writeSample';

/** A package as its tenants hold it. */
export interface Held {
  readonly description: string;
  /** Which of its two archives. */
  readonly content: 0 | 1;
  /** Whether the second tenant holds it, too. */
  readonly copied: boolean;
}

/** What one client's package must be: as acknowledged, or, after an order whose outcome was lost, either way. */
export interface Expected {
  readonly version: string;
  /** What its own description says. */
  readonly description: string;
  /** A file inside it. */
  readonly file: string;
  /** Two archives of the same identity with different content. */
  readonly archives: readonly [Archive, Archive];
  /** Undefined: not in the repository. */
  states: (Held | undefined)[];
}

interface Archive {
  readonly path: string;
  readonly sha256: string;
}

/** A package of about so many bytes, with two archives of the same identity. */
export async function makePackage(folder: string, size: number, seed: number): Promise<Expected> {
  const archive = async (bytes: number, name: string): Promise<Archive> => {
    const path = await writeLargeSample(bytes, join(folder, name), seed);
    const hash = createHash('sha256');
    for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
    return { path, sha256: hash.digest('hex') };
  };
  return {
    version: `8.5.000.${String(seed).padStart(2, '0')}`, description: largeSample.description, file: 'ip/ip_description.xml',
    archives: [await archive(size, 'first'), await archive(size + 1000, 'second')], states: [undefined],
  };
}

/** A solution definition as its XML alone: what holds for packages holds for it. */
export function makeDefinition(folder: string, number: number): Expected {
  mkdirSync(folder, { recursive: true });
  const version = `2.${number}.0`;
  const archive = (more: string, name: string): Archive => {
    const path = join(folder, `${name}-${number}.xml`);
    const xml = writeDefinition({ version, more });
    writeFileSync(path, xml);
    return { path, sha256: createHash('sha256').update(xml).digest('hex') };
  };
  return { version, description: 'Agents and media control of one segment.', file: loneDefinitionPath, archives: [archive('', 'first'), archive('<!-- second -->', 'second')], states: [undefined] };
}
