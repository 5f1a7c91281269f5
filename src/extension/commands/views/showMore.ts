import type { Command } from '../command';

/** Shows the next rows of a long list, or tries again to read rows that could not be read. */
export const showMore: Command = {
  id: 'gaxPackages.views.showMore',
  run: ({ views }, target) => {
    for (const { subject } of target.nodes) {
      if (subject.kind === 'more') views.showMore(subject.parentId);
      if (subject.kind === 'unread') views.readAgain(subject.parentId);
    }
    return Promise.resolve();
  },
};
