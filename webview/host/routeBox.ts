import { html, nothing, type TemplateResult } from 'lit';
import type { ShownHop, ShownRoute } from '../../src/core/hosts/sshConfig/describeRoute';
import type { ConfigPlace } from '../../src/core/hosts/sshConfig/parse';
import { createText, type Locale, type Text } from '../../src/core/text/messages';
import { routeText } from '../../src/core/text/routeText';
import type { HostRoute } from '../../src/protocol/page/host';
import { errorBox } from '../components/errorBox';
import { icon } from '../components/icon';

type Words = Text<keyof typeof routeText.en>;

const atPlace = ({ file, line }: ConfigPlace): string => `${file}:${line}`;

/** How the host is reached: each machine on the way, each setting with the line it comes from, and what would stop or change that. */
export function routeBox(route: HostRoute, locale: Locale): TemplateResult {
  const text = createText(locale, routeText);
  return html`<section class="box route" aria-labelledby="route">
    <h2 id="route">${text('heading')}</h2>
    ${route.kind === 'failed' ? errorBox(route) : html`${remarks(route.route, text)}${route.route.hops.map((hop, index) => hopLines(hop, index === route.route.hops.length - 1, text))}`}
  </section>`;
}

function remarks({ problems, notes, loop }: ShownRoute, text: Words): TemplateResult | typeof nothing {
  if (problems.length + notes.length === 0 && loop === undefined) return nothing;
  const remark = (kind: 'error' | 'warning', words: string): TemplateResult => html`<li>${icon(kind, kind)}<span>${words}</span></li>`;
  return html`<ul>
    ${problems.map((problem) => remark('error', text('problem', { place: atPlace(problem), file: problem.file, text: problem.text, kind: problem.kind })))}
    ${loop === undefined ? nothing : remark('error', text('loop', { name: loop }))}
    ${notes.map((note) => remark('warning', text('note', { place: atPlace(note), text: note.text, kind: note.kind })))}
  </ul>`;
}

function hopLines({ name, user, hostName, port, settings }: ShownHop, isHost: boolean, text: Words): TemplateResult {
  return html`<div>
    ${isHost ? nothing : html`<h3>${text('jumpHost', { name })}</h3>`}
    <p class="mono">${user}@${hostName}:${port}</p>
    ${settings.length === 0 ? html`<p class="quiet">${text('nothingSaid')}</p>` : html`<dl>${settings.map(({ keyword, value, place }) => html`
      <div><dt>${keyword}</dt><dd><span class="mono">${value}</span><br><span class="quiet">${place === undefined ? text('ownSetting') : atPlace(place)}</span></dd></div>`)}</dl>`}
  </div>`;
}
