import { defineMessages } from '../text/messages';

export const archiveErrors = defineMessages({}, {});
