import type { Command } from '../command';

/** Shows the next rows of a long list. */
export const showMore: Command = {
  id: 'gaxPackages.views.showMore',
  run: ({ views }, target) => {
    for (const { subject } of target.nodes) if (subject.kind === 'more') views.showMore(subject.parentId);
    return Promise.resolve();
  },
};
