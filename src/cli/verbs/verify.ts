import type { Verification } from '../../core/deployment/verification';
import { createText } from '../../core/text/messages';
import { verificationText } from '../../core/text/verificationText';
import { exitDone, exitFailed, type Verb } from '../context';
import { openSecrets } from '../secrets';
import { selectInstalled } from '../selectInstalled';
import { parseOptions, requireArgument, takeNoMore } from '../usage';

/**
 * `gaxpkg verify DEPLOYED [--host H] [--accept-new-host-key] [--secrets-stdin] [--json]`: are the files on the host still those
 * of the package? Exit code 1 when they are not.
 */
export const verify: Verb = async (context, args) => {
  const { values, positionals } = parseOptions(args, {
    host: { type: 'string' }, 'accept-new-host-key': { type: 'boolean' }, 'secrets-stdin': { type: 'boolean' }, json: { type: 'boolean' },
  });
  const reference = requireArgument(positionals, 0, 'DEPLOYED');
  takeNoMore(positionals, 1);
  const secrets = await openSecrets(context, values['secrets-stdin'] === true);
  const client = await context.connect({ secrets });
  const { id, hostName, package: { name, version } } = await selectInstalled(context, client, reference, values.host);
  const unfollow = client.on('verifyProgress', ({ bytesDone, bytesTotal }) =>
    context.terminal.progress(context.text('verifying', { host: hostName, percent: bytesTotal === 0 ? 0 : Math.floor((bytesDone * 100) / bytesTotal) })));
  let result: Verification | null;
  try {
    await client.request('deployedPackages/verify', { id, acceptNewHostKey: values['accept-new-host-key'] === true });
    result = await client.request('deployedPackages/verification', { id });
  } finally {
    unfollow();
  }
  if (result === null) return exitFailed;
  const differing = result.changed.length + result.missing.length;
  if (values.json === true) context.terminal.out(JSON.stringify({ id, host: hostName, package: `${name} ${version}`, differing, ...result }, undefined, 2));
  else {
    for (const [kind, paths] of [['changed', result.changed], ['missing', result.missing], ['extra', result.extra]] as const) {
      for (const path of paths) context.terminal.out(context.text('verifiedFile', { kind, path }));
    }
    if (result.partial) context.terminal.note(createText(context.locale, verificationText)('partial'));
    context.terminal.note(context.text('verified', { n: differing, package: `${name} ${version}`, host: hostName, compared: result.compared, extra: result.extraCount }));
  }
  return differing === 0 ? exitDone : exitFailed;
};
