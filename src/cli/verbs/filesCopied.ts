import { createText } from '../../core/text/messages';
import { plugInText } from '../../core/text/plugInText';
import { exitDone, exitFailed, type Verb } from '../context';
import { selectInstalled } from '../selectInstalled';
import { parseOptions, requireArgument, takeNoMore } from '../usage';

/** `gaxpkg files-copied DEPLOYED [--host H] [--json]`: a person has copied the files of a plug-in into GAX. Exit code 1 when none waited for it. */
export const filesCopied: Verb = async (context, args) => {
  const { values, positionals } = parseOptions(args, { host: { type: 'string' }, json: { type: 'boolean' } });
  const reference = requireArgument(positionals, 0, 'DEPLOYED');
  takeNoMore(positionals, 1);
  const client = await context.connect();
  const { id, hostName: host, package: { name, version }, filesToCopy } = await selectInstalled(context, client, reference, values.host);
  const marked = await client.request('deployedPackages/markFilesCopied', { id });
  if (values.json === true) context.terminal.out(JSON.stringify({ id: marked.id, host, package: `${name} ${version}`, marked: filesToCopy !== undefined }, undefined, 2));
  else context.terminal.note(createText(context.locale, plugInText)(filesToCopy ? 'markedCopied' : 'notWaiting', { package: `${name} ${version}`, host }));
  return filesToCopy ? exitDone : exitFailed;
};
