import { describeError } from '../../../core/errors';
import { confirm } from '../../inputs/inputs';
import type { Command } from '../command';

/** Goes on from what is left of a damaged repository, after a person has read what is missing. */
export const useCopy: Command = {
  id: 'gaxPackages.repository.useCopy',
  needsTrust: true,
  run: async ({ service, state, text, locale }) => {
    const { readOnly } = await service.request('service/status', {});
    if (readOnly === undefined) return;
    await confirm(text('useCopyMessage'), describeError(locale, readOnly), text('useCopyButton'));
    await service.request('repository/useRecoveredCopy', {});
    await state.refresh();
  },
};
