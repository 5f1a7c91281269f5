import { html, nothing, type TemplateResult } from 'lit';
import type { ApdTextKey } from '../../src/core/text/apdText';
import type { Text } from '../../src/core/text/messages';
import type { ApdProblem, ApdView } from '../../src/protocol/page/apd';
import { linkButton } from '../components/button';
import { icon } from '../components/icon';
import { notice } from '../components/notice';
import { countDifferences, countSections, isInApd } from './apdModel';

type Words = Text<ApdTextKey>;
type Template = Extract<ApdView, { kind: 'template' }>;

/** What the header of the file says. */
export function factList(view: Template, words: Words): TemplateResult {
  const { name, applicationType, typeName, version, state, rows, size } = view;
  const fact = (title: string, value: string): TemplateResult => html`<div><dt>${title}</dt><dd>${value === '' ? words('empty') : value}</dd></div>`;
  const sections = countSections(view).filter(({ options, section }) => options > 0 && section !== '').length;
  return html`<dl class="apd-facts">
    ${fact(words('factName'), name)}
    ${fact(words('factType'), typeName === undefined ? String(applicationType) : words('typeNamed', { type: applicationType, name: typeName }))}
    ${fact(words('factVersion'), version)}
    ${fact(words('factState'), state === 1 ? words('enabled') : state === 2 ? words('disabled') : String(state))}
    ${fact(words('factOptions'), words('optionsIn', { n: rows.filter(isInApd).length, sections }))}
    ${fact(words('factSize'), words('bytes', { n: size }))}
  </dl>`;
}

export interface ComparisonActions {
  readonly next: () => void;
  readonly openXml: () => void;
  readonly compare: () => void;
}

/** How the APD stands to the XML beside it. */
export function comparisonBar({ rows, xml }: Template, words: Words, { next, openXml, compare }: ComparisonActions): TemplateResult | typeof nothing {
  if (xml === undefined) return nothing;
  const open = linkButton(words('openXml'), openXml, { id: 'open-xml' });
  if (xml.kind === 'notCompared') return notice('warning', words('notCompared', { file: xml.file, reason: xml.reason }), { actions: open, live: false });
  const { all, missing, extra, another } = countDifferences(rows);
  if (all === 0 && xml.notes.length === 0) {
    return html`<p class="apd-equal quiet">${icon('check')}<span>${words('equal', { file: xml.file })}</span>${open}</p>`;
  }
  const parts = ([['differMissing', missing], ['differExtra', extra], ['differDefault', another]] as const).flatMap(([key, n]) => (n === 0 ? [] : [words(key, { n })]));
  const sentences = [...(all === 0 ? [words('equal', { file: xml.file })] : [words('differ', { n: all, file: xml.file, parts: parts.join(', ') })]), ...xml.notes];
  // The vendor's own files have lost blanks at ends: worth a look, no cause for alarm.
  const isHarmless = xml.notes.length === 0 && rows.every(({ comparison }) => comparison === undefined || comparison === 'same' || comparison === 'blankInXml' || comparison === 'blankInApd');
  return notice(isHarmless ? 'info' : 'warning', sentences.join(' '), {
    live: false,
    actions: html`${all === 0 ? nothing : linkButton(words('nextDifference'), next, { id: 'next-difference' })}${open}${linkButton(words('compareAsText'), compare, { id: 'compare-text' })}`,
  });
}

/** What is wrong with the file itself, each with its byte. */
export function damageBox({ damage, problems }: Template, words: Words, openBytes: (offset: number) => void): TemplateResult | typeof nothing {
  if (damage === undefined && problems.length === 0) return nothing;
  const first = problems.find(({ severity }) => severity === 'error') ?? problems[0];
  return html`${notice(damage === undefined ? 'info' : 'error', damage ?? words('problems', { n: problems.length }), {
    live: false, actions: linkButton(words('openBytes'), () => openBytes(first?.offset ?? 0), { id: 'open-bytes' }),
  })}${problemList(problems, words, openBytes)}`;
}

/** Problems that are listed at once; the Problems view has all. */
const listed = 5;

function problemList(problems: readonly ApdProblem[], words: Words, openBytes: (offset: number) => void): TemplateResult | typeof nothing {
  if (problems.length === 0) return nothing;
  return html`<ul class="apd-problems">
    ${problems.slice(0, listed).map(({ severity, message, offset }) => html`<li>
      ${icon(severity === 'error' ? 'error' : severity === 'warning' ? 'warning' : 'info', severity === 'error' ? 'error' : severity === 'warning' ? 'warning' : 'busy')}
      ${linkButton(words('atByte', { offset }), () => openBytes(offset))}<span>${message}</span></li>`)}
    ${problems.length > listed ? html`<li class="quiet">${words('moreProblems', { n: problems.length - listed })}</li>` : nothing}
  </ul>`;
}

/** A file of which nothing could be read. */
export function unreadablePage({ file, reason, problems }: Extract<ApdView, { kind: 'unreadable' }>, words: Words, openBytes: (offset: number) => void): TemplateResult {
  return html`<main class="details"><h1>${file}</h1>
    ${notice('error', reason, { live: false, actions: problems.length === 0 ? nothing : linkButton(words('openBytes'), () => openBytes(problems[0]?.offset ?? 0), { id: 'open-bytes' }) })}
  </main>`;
}
