import { exitDone, type Verb } from '../context';
import { selectPackage } from '../selectPackage';
import { parseOptions, requireArgument, takeNoMore } from '../usage';

const chunk = 1024 * 1024;

/** `gaxpkg cat NAME[@VERSION] PATH [--tenant T]`: one file inside a package, byte for byte. */
export const cat: Verb = async (context, args) => {
  const { values, positionals } = parseOptions(args, { tenant: { type: 'string' } });
  const [reference, path] = [requireArgument(positionals, 0, 'NAME'), requireArgument(positionals, 1, 'PATH')];
  takeNoMore(positionals, 2);
  const client = await context.connect();
  const { id } = await selectPackage(context, client, reference, values.tenant);
  for (let offset = 0; ;) {
    const { bytes, total } = await client.request('packages/fileContent', { id, path, offset, length: chunk });
    const piece = Buffer.from(bytes, 'base64');
    await context.terminal.outBytes(piece);
    offset += piece.length;
    if (offset >= total || piece.length === 0) return exitDone;
  }
};

/** `gaxpkg files NAME[@VERSION] [--tenant T] [--json]`: the paths inside a package. */
export const files: Verb = async (context, args) => {
  const { values, positionals } = parseOptions(args, { tenant: { type: 'string' }, json: { type: 'boolean' } });
  const reference = requireArgument(positionals, 0, 'NAME');
  takeNoMore(positionals, 1);
  const client = await context.connect();
  const { id } = await selectPackage(context, client, reference, values.tenant);
  const found = await client.request('packages/files', { id });
  if (values.json === true) context.terminal.out(JSON.stringify(found, undefined, 2));
  else for (const { path, type } of found) if (type !== 'directory') context.terminal.out(path);
  return exitDone;
};
