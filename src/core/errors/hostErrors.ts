import { defineMessages } from '../text/messages';

export const hostErrors = defineMessages({}, {});
