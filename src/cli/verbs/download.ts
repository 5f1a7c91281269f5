import { stat } from 'node:fs/promises';
import * as path from 'node:path';
import { describeError } from '../../core/errors';
import type { DownloadRecord } from '../../core/packages/download';
import { describeIdentity } from '../../core/packages/identity';
import { exitDone, exitFailed, type Verb } from '../context';
import { selectPackage } from '../selectPackage';
import { parseOptions, requireArgument } from '../usage';

/** `gaxpkg download NAME[@VERSION]… [--to PATH] [--overwrite] [--tenant T] [--json]`: copies of packages, whole or not at all. */
export const download: Verb = async (context, args) => {
  const { values, positionals } = parseOptions(args, { to: { type: 'string' }, overwrite: { type: 'boolean' }, tenant: { type: 'string' }, json: { type: 'boolean' } });
  requireArgument(positionals, 0, 'NAME');
  const to = path.resolve(values.to ?? '.');
  const isFolder = positionals.length > 1 || (await stat(to).catch(() => undefined))?.isDirectory() === true;
  const client = await context.connect();
  const found = [];
  for (const reference of positionals) found.push(await selectPackage(context, client, reference, values.tenant));

  let running: DownloadRecord | undefined;
  const stop = context.terminal.onInterrupt(() => {
    if (running) void client.request('downloads/cancel', { id: running.id }).catch(() => undefined);
  });
  const unfollow = client.on('downloadProgress', (record) => {
    if (record.state === 'running') context.terminal.progress(context.text('downloading', { package: record.identity.name, percent: record.percent }));
  });
  const ended: DownloadRecord[] = [];
  try {
    for (const { id, tenantId } of found) {
      const { archiveName } = await client.request('packages/get', { id, tenantId });
      running = await client.request('packages/download', { id, tenantId, target: isFolder ? path.join(to, archiveName) : to, overwrite: values.overwrite === true });
      const record = await client.request('downloads/wait', { id: running.id });
      ended.push(record);
      const named = { package: describeIdentity(record.identity, context.text('bit')), file: record.target };
      if (record.state === 'complete') context.terminal.note(context.text('downloaded', named));
      else if (record.error === undefined) context.terminal.note(context.text('downloadStopped', named));
      else context.terminal.note(`${describeError(context.locale, record.error)}${context.text('errorCode', { code: record.error.code })}`);
      // Who stopped one wants none of the others.
      if (record.state === 'cancelled') break;
    }
  } finally {
    stop();
    unfollow();
  }
  if (values.json === true) {
    context.terminal.out(JSON.stringify(ended.map(({ error, ...record }) => ({ ...record, ...(error && { error: { code: error.code, message: describeError(context.locale, error) } }) })), undefined, 2));
  }
  return ended.length === found.length && ended.every(({ state }) => state === 'complete') ? exitDone : exitFailed;
};
