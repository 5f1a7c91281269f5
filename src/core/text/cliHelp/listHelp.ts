import type { HelpPage } from './helpPage';

/** Help of `gaxpkg list`. */
export const listHelp: HelpPage = {
  en: `Usage: gaxpkg list [--tenant T] [--json]

Lists the packages, and the imports that run or failed.

  --json              an array; "status" is complete, importing, failed or cancelled`,
  fr: `Usage : gaxpkg list [--tenant L] [--json]

Liste les packages, et les importations en cours ou en échec.

  --json              un tableau ; « status » vaut complete, importing, failed ou cancelled`,
};
