import { compareCommand } from '../../../core/deployment/hostCommands';
import { ProductError } from '../../../core/errors';
import type { Step } from '../hostWork';
import { findDifferences } from './differences';

/** Files named in a message; the others are counted. */
const namedFiles = 5;

/** Makes sure that every file on the host is the package's, byte for byte, before anything of it is run. */
export const verifyStep: Step = {
  name: 'verify',
  async run(work, signal) {
    const { journal, host, plan, package: content } = work;
    journal.command(compareCommand(plan.layout.package));
    const differing = await findDifferences(work, signal);
    if (differing.length > 0) {
      const files = differing.slice(0, namedFiles).join(', ') + (differing.length > namedFiles ? ' …' : '');
      throw new ProductError('deploy/verify-failed', { host: host.name, n: differing.length, files });
    }
    journal.fact('verified', String(content.files.length));
    return undefined;
  },
};
