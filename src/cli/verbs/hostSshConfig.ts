import type { Host } from '../../core/hosts/model';
import { hostOfAlias, selectAliases } from '../../core/hosts/sshConfig/aliases';
import type { ShownRoute } from '../../core/hosts/sshConfig/describeRoute';
import type { ConfigPlace } from '../../core/hosts/sshConfig/parse';
import { createText } from '../../core/text/messages';
import { routeText } from '../../core/text/routeText';
import type { ServiceClient } from '../../service/client';
import { exitDone, exitFailed, type CliContext } from '../context';
import { CliFailure } from '../failure';
import { formatTable } from '../../core/text/table';

const atPlace = ({ file, line }: ConfigPlace): string => `${file}:${line}`;

/** Prints the way to a host, each value with the line it comes from. @returns the exit code: 1 when no connection would be made */
export function printRoute(context: CliContext, host: Host, route: ShownRoute): number {
  const { terminal } = context;
  const text = createText(context.locale, routeText);
  for (const hop of route.hops) {
    const isHost = hop === route.hops.at(-1);
    terminal.out(`${isHost ? host.name : text('jumpHost', { name: hop.name })}  ${hop.user}@${hop.hostName}:${hop.port}`);
    for (const row of formatTable(['', '', ''], hop.settings.map(({ keyword, value, place }) => [`  ${keyword}`, value, place === undefined ? `(${text('ownSetting')})` : atPlace(place)])).slice(1)) terminal.out(row);
  }
  for (const note of route.notes) terminal.note(text('note', { place: atPlace(note), text: note.text, kind: note.kind }));
  for (const problem of route.problems) terminal.note(text('problem', { place: atPlace(problem), file: problem.file, text: problem.text, kind: problem.kind }));
  if (route.loop !== undefined) terminal.note(text('loop', { name: route.loop }));
  return route.problems.length > 0 || route.loop !== undefined ? exitFailed : exitDone;
}

/** Adds the names of the SSH configuration that a pattern means; those that are there already stay as they are. @throws CliFailure when it means none */
export async function addFromSshConfig(context: CliContext, client: ServiceClient, pattern: string, tenant: { readonly tenantId?: string }): Promise<readonly Host[]> {
  const aliases = selectAliases(await client.request('hosts/aliases', {}), pattern);
  if (aliases.length === 0) throw new CliFailure(context.text('noAlias', { pattern }));
  const names = new Set((await client.request('hosts/list', {})).map(({ name }) => name.toLowerCase()));
  const added: Host[] = [];
  for (const found of aliases) {
    const { alias } = found;
    if (names.has(alias.toLowerCase())) {
      context.terminal.note(context.text('hostThere', { name: alias }));
      continue;
    }
    names.add(alias.toLowerCase());
    added.push(await client.request('hosts/add', { ...hostOfAlias(found), ...tenant }));
    context.terminal.note(context.text('hostAdded', { name: alias, address: atPlace(found) }));
  }
  return added;
}
