import { defineMessages } from '../text/messages';

const privilegeEn = '{privilege, select, import {“Import packages”} replace {“Replace installation packages and solution definitions”} delete {“Delete installation packages and solution definitions”} copy {“Copy to tenants”} deploy {“Deploy”} manageHosts {“Manage hosts”} other {“Administer”}}';
const privilegeFr = '{privilege, select, import {« Importer des packages »} replace {« Remplacer packages d’installation et définitions de solution »} delete {« Supprimer les packages d’installation et les SPD »} copy {« Copier vers des locataires »} deploy {« Déployer »} manageHosts {« Gérer les hôtes »} other {« Administrer »}}';

export const accessErrors = defineMessages(
  {
    'access/not-allowed': `Nothing was changed: {object} needs the privilege ${privilegeEn} in {tenant}. {administrators} can give it to you.`,
    'access/unknown-user':
      '{user} is no user of this repository. {administrators} can add you; if nobody of them is left, “gaxpkg user claim” makes the owner of the data folder an administrator.',
    'access/user-known': '{user} is a user of this repository already, so there is nothing to claim. {administrators} can change your roles.',
    'access/last-administrator': '{user} is the last administrator of the environment. Make somebody else an administrator first.',
    'access/own-administrator': 'You cannot take the role Administrator from yourself. Let another administrator do it: {administrators}.',
    'access/built-in-role': 'The role {role} is built in and stays as it is. Add a role of your own instead.',
    'access/role-in-use': 'The role {role} is held by {users}. Take it from them first.',
    'access/environment-stays': 'Environment is the root of all tenants: it keeps its name and cannot be removed.',
    'access/tenant-in-use':
      'The tenant {tenant} cannot be removed: it still has {what, select, tenants {tenants below it} packages {packages} imports {imports} hosts {hosts} applications {application objects} deployments {deployments in its history} other {users with a role in it}}. Remove or move them first.',
    'access/unknown-privilege': 'There is no privilege {privilege}. Privileges: {privileges}.',
    'access/held-elsewhere':
      'Nothing was changed: {package} is held by tenants, too, in which you may not {what, select, delete {delete} other {replace}} packages. Ask somebody who may in all of them, or {what, select, delete {delete it from single tenants} other {delete it here and import it again}}.',
    'access/edited-meanwhile':
      '{user} changed the {field, select, group {group} other {description}} of {package} at {time, time, short} ({time, date, medium}). Your change was not stored; look at theirs, then repeat yours if it still holds.',
  },
  {
    'access/not-allowed': `Rien n’a été modifié : {object} nécessite le privilège ${privilegeFr} dans {tenant}. Pour l’obtenir : {administrators}.`,
    'access/unknown-user':
      '{user} n’est pas un utilisateur de ce référentiel. Pour être ajouté : {administrators} ; s’il n’en reste aucun, « gaxpkg user claim » fait du propriétaire du dossier de données un administrateur.',
    'access/user-known': '{user} est déjà un utilisateur de ce référentiel : il n’y a rien à revendiquer. Pour changer vos rôles : {administrators}.',
    'access/last-administrator': '{user} est le dernier administrateur de l’environnement. Nommez d’abord un autre administrateur.',
    'access/own-administrator': 'Vous ne pouvez pas vous retirer le rôle Administrateur. Un autre administrateur peut le faire : {administrators}.',
    'access/built-in-role': 'Le rôle {role} est intégré et reste tel quel. Ajoutez plutôt votre propre rôle.',
    'access/role-in-use': 'Le rôle {role} est détenu par {users}. Retirez-le-leur d’abord.',
    'access/environment-stays': 'Environment est la racine de tous les locataires : il garde son nom et ne peut pas être retiré.',
    'access/tenant-in-use':
      'Le locataire {tenant} ne peut pas être retiré : il a encore {what, select, tenants {des locataires sous lui} packages {des packages} imports {des importations} hosts {des hôtes} applications {des objets Application} deployments {des déploiements dans son historique} other {des utilisateurs avec un rôle}}. Retirez-les ou déplacez-les d’abord.',
    'access/unknown-privilege': 'Le privilège {privilege} n’existe pas. Privilèges : {privileges}.',
    'access/held-elsewhere':
      'Rien n’a été modifié : {package} est aussi détenu par des locataires où vous ne pouvez pas {what, select, delete {supprimer} other {remplacer}} de packages. Adressez-vous à une personne qui le peut dans tous ces locataires, ou {what, select, delete {supprimez-le locataire par locataire} other {supprimez-le ici puis importez-le de nouveau}}.',
    'access/edited-meanwhile':
      '{user} a modifié {field, select, group {le groupe} other {la description}} de {package} à {time, time, short} ({time, date, medium}). Votre modification n’a pas été enregistrée ; consultez la sienne, puis répétez la vôtre si elle reste valable.',
  },
);
