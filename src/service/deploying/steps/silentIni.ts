import { stepOf } from '../../../core/deployment/plan';
import { composeSilentIni, encodeSilentIni } from '../../../core/deployment/silentIni';
import { connectionOf, type Step } from '../hostWork';

/** Writes the answer file of the installer, which alone may hold secrets: readable for the signed-in user only, gone with the clean-up. */
export const silentIniStep: Step = {
  name: 'silentIni',
  async run(work, signal) {
    const { journal, plan, secrets } = work;
    const values = stepOf(plan, 'silentIni').values;
    const text = composeSilentIni(work.package.facts.silentIni, [...values, ...secrets]);
    signal.throwIfAborted();
    await connectionOf(work).writeFile(plan.layout.silentIni, encodeSilentIni(text, work.package.facts.identity.osGroup), 0o600);
    journal.fact('silentIni', plan.layout.silentIni, { n: values.length + secrets.length });
    return undefined;
  },
};
