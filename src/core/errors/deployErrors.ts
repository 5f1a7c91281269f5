import { defineMessages } from '../text/messages';

export const deployErrors = defineMessages({}, {});
