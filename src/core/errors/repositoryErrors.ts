import { defineMessages } from '../text/messages';

export const repositoryErrors = defineMessages({}, {});
