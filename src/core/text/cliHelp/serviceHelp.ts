import type { HelpPage } from './helpPage';

/** Help of `gaxpkg service`. */
export const serviceHelp: HelpPage = {
  en: `Usage: gaxpkg service status [--json]
       gaxpkg service stop [--force]
       gaxpkg service use-recovered-copy

The package service starts by itself when it is needed and ends when nobody needs it. A damaged repository
opens for reading only, at its newest state that is whole; “status” says what is missing, and
use-recovered-copy goes on from there.

  --force             stop although imports or deployments run: imports begin anew with the next
                      service, deployments are interrupted and can be resumed`,
  fr: `Usage : gaxpkg service status [--json]
        gaxpkg service stop [--force]
        gaxpkg service use-recovered-copy

Le service de packages démarre de lui-même quand il le faut et s’arrête quand plus personne n’en a besoin. Un
référentiel endommagé s’ouvre en lecture seule, dans son dernier état complet ; « status » dit ce qui
manque, et use-recovered-copy repart de là.

  --force             arrêter malgré des importations ou déploiements en cours : les importations
                      recommencent avec le service suivant, les déploiements peuvent être repris`,
};
