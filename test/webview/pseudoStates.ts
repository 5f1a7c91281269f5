import { deepEqual } from 'node:assert/strict';
import { hostname } from 'node:os';
import type { Page } from 'playwright-core';
import { createText, type MessageArguments, type Messages } from '../../src/core/text/messages';
import type { OpenedPage } from '../support/page/openPage';
import { shownTexts } from '../support/page/shownTexts';
import { findPlainWords } from '../support/pseudo/asPseudo';
import { lcaArchive } from './importWizardFixture';
import type { ScriptedRepository } from './support';

/** What these tests enter, machines, and what is never translated: names of files, keys and standards. */
const entered = [
  hostname(), '/var/tmp/gax-packages-lock', '/var/tmp/gax-packages', 'C:\\ProgramData\\gax-packages-lock', 'C:\\ProgramData\\gax-packages',
  'genesys_silent.ini', 'silent.ini', 'tasks.json', 'GAX', 'SHA-256', 'SSH_AUTH_SOCK', 'ops-ws-12', 'desk', 'English (United States)', 'Linux', 'Windows', 'VoiceXML', 'Java', 'Ctrl', 'DNS', 'IP',
  '/packages/missing.zip', 'missing.zip', lcaArchive, lcaArchive.split('/').at(-1)!, 'half', 'nowhere', 'ip', 'full', 'lite', 'none', 'Transport-0', 'Proxy-Password',
  'SSH', 'ED25519', 'RSA', 'control', 'gax_1', 'SHA256:a', 'SHA256:b', 'Ulaw', 'Alaw', 'genesys', 'Configuration Server',
];

export const say = <K extends string>(messages: Messages<K>, key: NoInfer<K>, args?: MessageArguments): string => createText('en', messages)(key, args);

/** Follows one page through its states and collects what is not translated in any of them, so that one run shows all. */
export async function followStates(opened: OpenedPage, repository: ScriptedRepository, walk: (look: (state: string) => Promise<void>, page: Page) => Promise<void>, names: readonly string[] = []): Promise<void> {
  const wrong: string[] = [];
  const look = async (state: string): Promise<void> => {
    const data = [...stringsOf(repository.service.answered), ...stringsOf(repository.lists)];
    wrong.push(...findPlainWords(await shownTexts(opened.page), { data, entered: [...entered, ...names] }).map((words) => `${state}: ${words}`));
  };
  await walk(look, opened.page);
  const { complaints } = opened;
  await opened.close();
  deepEqual([...wrong, ...complaints], []);
}

function stringsOf(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(stringsOf) : [];
}
