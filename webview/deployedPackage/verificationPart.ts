import { html, nothing, type TemplateResult } from 'lit';
import type { Verification } from '../../src/core/deployment/verification';
import { formatTime } from '../../src/core/text/measures';
import { createText, type Locale } from '../../src/core/text/messages';
import { verificationText } from '../../src/core/text/verificationText';
import { button, linkButton } from '../components/button';
import { progressBar } from '../components/progressBar';
import { stateLabel } from '../components/stateLabel';

export interface VerificationPart {
  readonly locale: Locale;
  readonly host: string;
  readonly verification: Verification | undefined;
  /** Percent of the look that goes on. */
  readonly verifying: number | undefined;
  /** Files may be looked at, since that signs in to the host. */
  readonly mayCompare: boolean;
  readonly onStop: () => void;
  readonly onCompare: (path: string) => void;
}

const icons = { changed: 'diff-modified', missing: 'diff-removed', extra: 'diff-added' } as const;

/** How the files of a deployed package were found, each one that differs or is extra to be opened beside the package's. */
export function verificationPart(part: VerificationPart): TemplateResult {
  const { locale, host, verification, verifying, onStop } = part;
  const text = createText(locale, verificationText);
  if (verifying !== undefined) {
    return html`<p role="status">${text('verifying', { host, percent: verifying })}</p>${progressBar(text('verifying', { host, percent: verifying }), verifying, 'running')}
      <p>${button(text('stop'), onStop, { id: 'stop-verifying', icon: 'stop-circle' })}</p>`;
  }
  if (verification === undefined) return html`<p class="quiet">${text('never')}</p>`;
  const { at, by, compared, changed, missing, extra, extraCount, partial } = verification;
  const n = changed.length + missing.length;
  return html`<p>${n === 0 ? stateLabel('done', text('equal', { compared })) : stateLabel('drifted', text('differ', { n, compared }))}
      <span class="quiet">${text('when', { time: formatTime(locale, at), by })}</span></p>
    ${partial === true ? html`<p class="quiet">${text('partial')}</p>` : nothing}
    ${files(part, 'changed', changed)}${files(part, 'missing', missing)}${files(part, 'extra', extra, extraCount)}`;
}

function files({ locale, mayCompare, onCompare }: VerificationPart, kind: keyof typeof icons, paths: readonly string[], count = paths.length): TemplateResult | typeof nothing {
  if (count === 0) return nothing;
  const text = createText(locale, verificationText);
  return html`<h3 id="verified-${kind}">${text(kind)} (${count.toLocaleString(locale)})</h3>
    ${kind === 'extra' ? html`<p class="quiet">${text('extraHelp')}</p>` : nothing}
    <ul class="rows verified" aria-labelledby="verified-${kind}">${paths.map((path) => html`<li>${
      linkButton(path, () => onCompare(path), { icon: icons[kind], disabled: !mayCompare })}</li>`)}${
      count > paths.length ? html`<li class="quiet">${text('more', { n: count - paths.length })}</li>` : nothing}</ul>`;
}
