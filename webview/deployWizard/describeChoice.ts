import { applicationExists, type DeployStep } from '../../src/core/deployment/draft';
import { deployWizardText } from '../../src/core/text/deployWizardText';
import { createText } from '../../src/core/text/messages';
import { profileName } from '../../src/core/text/stateText';
import type { DeployModel } from './deployModel';
import { describePlugIn } from './gaxObjects';

/** What was chosen in a step, for the rail; undefined while nothing was. */
export function describeChoice(model: DeployModel, step: DeployStep, wasShown: boolean): string | undefined {
  if (!wasShown) return undefined;
  const { draft, locale, context, chosen } = model;
  const text = createText(locale, deployWizardText);
  const ofPlugIn = model.isPlugIn ? describePlugIn(model, step) : undefined;
  if (ofPlugIn !== undefined) return ofPlugIn;
  switch (step) {
    case 'introduction':
      return profileName(locale, model.profile);
    case 'hosts':
      return text('chosenHosts', { n: chosen.length });
    case 'application': {
      if (draft.step === 'progress') {
        // What was made by the run exists by now: how it was at the start is all that can be said, and not known of every run.
        const created = draft.createdOn?.length;
        return created === undefined ? text('applicationObjects', { n: chosen.length }) : text('existingAndNew', { existing: chosen.length - created, created });
      }
      const existing = chosen.filter((host) => model.replacedOn(host) !== undefined || applicationExists(context, host.id, model.nameOn(host))).length;
      return text('existingAndNew', { existing, created: chosen.length - existing });
    }
    case 'silentIni':
      return text('valuesChanged', { n: draft.values.length + draft.hostValues.length + draft.options.length });
    case 'summary':
      return model.plan === undefined ? undefined : text('checkedAt', { time: new Intl.DateTimeFormat(locale, { timeStyle: 'short' }).format(new Date(model.plan.at)) });
    case 'progress':
      return undefined;
  }
}
