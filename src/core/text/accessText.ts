import { builtInRoles, type AuditOutcome, type Role } from '../access/model';
import { isPrivilege, type Privilege, type TaskPrivilege } from '../access/privileges';
import { defineMessages, formatMessage, type Locale } from './messages';

const accessText = defineMessages(
  {
    import: 'Import packages',
    replace: 'Replace installation packages and solution definitions',
    delete: 'Delete installation packages and solution definitions',
    copy: 'Copy to tenants',
    deploy: 'Deploy',
    manageHosts: 'Manage hosts',
    administer: 'Administer',

    administrator: 'Administrator',
    deployer: 'Deployer',
    reader: 'Reader',

    begun: 'Unknown',
    done: 'Done',
    failed: 'Failed',
    refused: 'Refused',
  },
  {
    import: 'Importer des packages',
    replace: 'Remplacer packages d’installation et définitions de solution',
    delete: 'Supprimer les packages d’installation et les SPD',
    copy: 'Copier vers des locataires',
    deploy: 'Déployer',
    manageHosts: 'Gérer les hôtes',
    administer: 'Administrer',

    administrator: 'Administrateur',
    deployer: 'Responsable du déploiement',
    reader: 'Lecteur',

    begun: 'Inconnu',
    done: 'Fait',
    failed: 'Échec',
    refused: 'Refusé',
  },
);

/** The name of a privilege; that of a task is its own. */
export function describePrivilege(locale: Locale, privilege: Privilege | TaskPrivilege): string {
  return isPrivilege(privilege) ? formatMessage(locale, accessText[locale][privilege], {}) : privilege.slice('task:'.length);
}

/** The name of a role; built-in ones are called by the reader's language. */
export function describeRole(locale: Locale, role: Pick<Role, 'id' | 'name'>): string {
  const builtIn = builtInRoles.find(({ id }) => id === role.id);
  return builtIn ? formatMessage(locale, accessText[locale][builtIn.id as 'administrator' | 'deployer' | 'reader'], {}) : role.name;
}

/** How an action of the audit trail ended. */
export function describeOutcome(locale: Locale, outcome: AuditOutcome): string {
  return formatMessage(locale, accessText[locale][outcome], {});
}
