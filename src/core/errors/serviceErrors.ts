import { defineMessages } from '../text/messages';

export const serviceErrors = defineMessages({}, {});
