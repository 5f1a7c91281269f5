import { html, nothing, type TemplateResult } from 'lit';
import { createText, type Locale } from '../../src/core/text/messages';
import { plugInText } from '../../src/core/text/plugInText';
import { button } from './button';
import { notice } from './notice';

/** What a person can do about it. */
export interface FilesToCopyActions {
  readonly onCopy: () => void;
  /** Absent: here it cannot be said that it is done. */
  readonly done?: { readonly onDone: () => void; readonly disabled: boolean };
}

/** What a person has to do after a plug-in was installed whose files are not in GAX. @param words the sentence that says what */
export function filesToCopyNotice(locale: Locale, words: string, id: string, { onCopy, done }: FilesToCopyActions): TemplateResult {
  const text = createText(locale, plugInText);
  const actions = html`${button(text('copyCommands'), onCopy, { icon: 'copy', id })}${done === undefined ? nothing
    : button(text('markCopied'), done.onDone, { icon: 'check', id: `${id}-done`, disabled: done.disabled })}`;
  return notice('warning', words, { live: false, actions });
}
