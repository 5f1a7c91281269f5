import { describeError, isProductError } from '../../core/errors';
import { describeIdentity } from '../../core/packages/identity';
import { fileNameOf } from '../../core/packages/importSource';
import type { ImportRecord } from '../../core/packages/model';
import { describeNote } from '../../core/text/contentText';
import { importStepName } from '../../core/text/stateText';
import type { ServiceClient } from '../../service/client';
import { exitDone, exitFailed, type CliContext, type Verb } from '../context';
import { findImports, showImports } from '../findImports';
import { parseImportOptions } from '../importOptions';
import { tenantName } from '../tenants';

/** `gaxpkg import PATH… [--method M] [--xml F --apd F] [--all | --only NAME…] [--dry-run] [--tenant T] [--group G] [--json]` */
export const importPackages: Verb = (context, args) => run(context, args, false);

/** `gaxpkg replace PATH… [the options of import]`: imports in the place of packages of the same identity. */
export const replacePackages: Verb = (context, args) => run(context, args, true);

async function run(context: CliContext, args: readonly string[], replace: boolean): Promise<number> {
  const options = parseImportOptions(args, context.environment);
  const client = await context.connect();
  if (options.dryRun) return (await showImports(context, client, options)) === 0 ? exitDone : exitFailed;
  const { sources, failed: notFound } = await findImports(context, client, options, replace);
  const running: ImportRecord[] = [];
  let failed = notFound;
  for (const source of sources) {
    try {
      running.push(await client.request('imports/start', {
        source, replace, mounts: options.mounts, ...(options.parallel !== undefined && { settings: { parallel: options.parallel } }),
        ...(options.tenant !== undefined && { tenant: options.tenant }), ...(options.group !== undefined && { group: options.group }),
      }));
    } catch (error) {
      // One wrong file name must not keep the others out.
      if (!isProductError(error) || error.code.startsWith('service/')) throw error;
      failed += 1;
      context.terminal.note(`${source.path}: ${describeError(context.locale, error)}${context.text('errorCode', { code: error.code })}`);
    }
  }
  const follow = followImports(context, client, running);
  const detached = followInterrupts(context, client, running);
  try {
    const ended = await Promise.race([Promise.all(running.map((one) => client.request('imports/wait', { id: one.id }))), detached.asked]);
    if (ended === 'detached') {
      context.terminal.note(context.text('importGoesOn'));
      return exitFailed;
    }
    const tenants = await client.request('tenants/list', {});
    for (const one of ended) {
      const file = fileNameOf(one.source.path);
      if (one.state === 'complete' && one.identity !== undefined) {
        context.terminal.note(context.text('imported', {
          package: describeIdentity(one.identity, context.text('bit')), file, tenant: tenantName(tenants, one.tenantId), group: one.group === '' ? context.text('ungrouped') : one.group,
        }));
        for (const note of one.notes ?? []) context.terminal.note(describeNote(context.locale, note));
        continue;
      }
      failed += 1;
      if (one.state === 'cancelled') {
        context.terminal.note(context.text('importCancelled', { file }));
        continue;
      }
      context.terminal.note(context.text('importFailed', { file, step: importStepName(context.locale, one.step) }));
      if (one.error) context.terminal.note(`${describeError(context.locale, one.error)}${context.text('errorCode', { code: one.error.code })}`);
    }
    if (options.json) {
      context.terminal.out(JSON.stringify(ended.map(({ tenantId, error, source, located: _, ...one }) => ({
        ...one, method: source.method, source: source.path, tenant: tenantName(tenants, tenantId), ...(error && { error: { code: error.code, message: describeError(context.locale, error) } }),
      })), undefined, 2));
    }
    return failed === 0 ? exitDone : exitFailed;
  } finally {
    follow();
    detached.end();
  }
}

/** Shows the percent on the progress line; where there is no terminal, a line for each step of each import. */
function followImports(context: CliContext, client: ServiceClient, running: readonly ImportRecord[]): () => void {
  const ids = new Set(running.map((one) => one.id));
  const steps = new Map<string, ImportRecord['step']>();
  const describe = (one: ImportRecord): string =>
    context.text('importing', { file: fileNameOf(one.source.path), percent: one.percent, step: importStepName(context.locale, one.step) });
  const show = (imports: readonly ImportRecord[]): void => {
    const mine = imports.filter((one) => ids.has(one.id) && one.state === 'running');
    const [first] = mine;
    if (first === undefined) return;
    if (!context.terminal.live) {
      for (const one of mine.filter(({ id, step }) => steps.get(id) !== step)) {
        steps.set(one.id, one.step);
        context.terminal.note(describe(one));
      }
      return;
    }
    const done = (ids.size - mine.length) * 100;
    const percent = Math.floor((done + mine.reduce((sum, one) => sum + one.percent, 0)) / ids.size);
    context.terminal.progress(ids.size === 1 ? describe(first) : context.text('importingMany', { n: ids.size, percent }));
  };
  return client.on('changed', ({ areas }) => {
    // A connection that ends is told by the request that waits for the imports.
    if (areas.includes('imports')) client.request('imports/list', {}).then(show, () => undefined);
  });
}

/** Ctrl+C: asks whether to stop where there is a terminal; elsewhere the import goes on without this process. */
function followInterrupts(context: CliContext, client: ServiceClient, running: readonly ImportRecord[]): { asked: Promise<'detached'>; end: () => void } {
  let detach: (how: 'detached') => void = () => undefined;
  const asked = new Promise<'detached'>((resolve) => {
    detach = resolve;
  });
  const end = context.terminal.onInterrupt(() => {
    if (!context.terminal.interactive) return detach('detached');
    void context.terminal.ask(context.text('stopImport')).then(async (answer) => {
      if (answer?.trim().toLowerCase().startsWith(context.text('yes')) !== true) return;
      // An import that has just ended cannot be stopped any more; its own answer tells.
      await Promise.allSettled(running.map((one) => client.request('imports/cancel', { id: one.id })));
    });
  });
  return { asked, end };
}
