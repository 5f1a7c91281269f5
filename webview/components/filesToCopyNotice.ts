import type { TemplateResult } from 'lit';
import { createText, type Locale } from '../../src/core/text/messages';
import { plugInText } from '../../src/core/text/plugInText';
import { button } from './button';
import { notice } from './notice';

/** What a person has to do after a plug-in was installed whose files are not in GAX. @param words the sentence that says what */
export function filesToCopyNotice(locale: Locale, words: string, id: string, onCopy: () => void): TemplateResult {
  return notice('warning', words, { live: false, actions: button(createText(locale, plugInText)('copyCommands'), onCopy, { icon: 'copy', id }) });
}
