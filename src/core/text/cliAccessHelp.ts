import type { Locale } from './messages';

type AccessTopic = 'copy' | 'edit' | 'delete' | 'replace' | 'tenant' | 'user' | 'role' | 'audit';

/** Help pages of the commands for stored packages, tenants, users and roles, laid out by hand. */
export const cliAccessHelp: Readonly<Record<Locale, Readonly<Record<AccessTopic, string>>>> = {
  en: {
    copy: `Usage: gaxpkg copy NAME[@VERSION] --to T… [--tenant T] [--json]

Lets other tenants hold a package. The content is shared, not doubled; group and description come along
and are each tenant's own from then on. A tenant that is refused does not keep the others out.

  --to T              target tenant; may be repeated, or be a list with commas
  --tenant T          tenant whose package is meant`,
    edit: `Usage: gaxpkg edit NAME[@VERSION] [--group G] [--description D] [--tenant T] [--json]

Changes group or description of a package, as one tenant sees it. A group that does not exist is made;
--group "" puts the package into none.`,
    delete: `Usage: gaxpkg delete NAME[@VERSION] [--tenant T] [--all-tenants] [--yes]

Deletes a package from a tenant; its content goes with the last tenant that holds it. Asks before, and
says where it is deployed.

  --all-tenants       from every tenant that holds it: the privilege is needed in each
  --yes               do not ask`,
    replace: `Usage: gaxpkg replace FILE… [--tenant T] [--json]

Imports packages and replaces those of the same name, version, locale and system. Group, description,
tenants and deployment history stay; the old content stays until the new one is stored whole.`,
    tenant: `Usage: gaxpkg tenant list [--json]
       gaxpkg tenant add NAME [--parent T]
       gaxpkg tenant rename NAME NEW
       gaxpkg tenant remove NAME

Tenants are a tree below Environment. A tenant can be removed when it holds nothing.`,
    user: `Usage: gaxpkg user list [--json]
       gaxpkg user add NAME --role ROLE[@TENANT]…
       gaxpkg user edit NAME --role ROLE[@TENANT]…
       gaxpkg user remove NAME
       gaxpkg user claim

NAME is a user of the operating system. A role holds in its tenant (default: Environment) and in all
below it; edit gives all roles held from then on. claim makes the owner of the data folder an
administrator when the repository, coming from elsewhere, does not know them.`,
    role: `Usage: gaxpkg role list [--json]
       gaxpkg role add NAME [--privilege P]…
       gaxpkg role edit NAME [--name NEW] [--privilege P]…
       gaxpkg role remove NAME

Administrator, Deployer and Reader are built in. Privileges: import, replace, delete, copy, deploy,
manageHosts, administer, and task:NAME for those that packages have brought.`,
    audit: `Usage: gaxpkg audit [--json | --csv]

Who did what, when, from which machine, and how it ended; oldest first.`,
  },
  fr: {
    copy: `Usage : gaxpkg copy NOM[@VERSION] --to L… [--tenant L] [--json]

Met un package à la disposition d’autres locataires. Le contenu est partagé, non doublé ; groupe et
description sont repris, puis propres à chaque locataire. Un refus pour l’un n’écarte pas les autres.

  --to L              locataire ciblé ; répétable, ou liste avec des virgules
  --tenant L          locataire dont le package est visé`,
    edit: `Usage : gaxpkg edit NOM[@VERSION] [--group G] [--description D] [--tenant L] [--json]

Modifie le groupe ou la description d’un package, tels que les voit un locataire. Un groupe qui n’existe
pas est créé ; --group "" retire le package de tout groupe.`,
    delete: `Usage : gaxpkg delete NOM[@VERSION] [--tenant L] [--all-tenants] [--yes]

Supprime un package d’un locataire ; son contenu disparaît avec le dernier locataire qui le détient.
Demande confirmation et dit où il est déployé.

  --all-tenants       de tous les locataires qui le détiennent : le privilège est requis dans chacun
  --yes               ne pas demander`,
    replace: `Usage : gaxpkg replace FICHIER… [--tenant L] [--json]

Importe des packages et remplace ceux de mêmes nom, version, langue et système. Groupe, description,
locataires et historique restent ; l’ancien contenu reste jusqu’à ce que le nouveau soit complet.`,
    tenant: `Usage : gaxpkg tenant list [--json]
        gaxpkg tenant add NOM [--parent L]
        gaxpkg tenant rename NOM NOUVEAU
        gaxpkg tenant remove NOM

Les locataires forment un arbre sous Environment. Un locataire vide peut être retiré.`,
    user: `Usage : gaxpkg user list [--json]
        gaxpkg user add NOM --role RÔLE[@LOCATAIRE]…
        gaxpkg user edit NOM --role RÔLE[@LOCATAIRE]…
        gaxpkg user remove NOM
        gaxpkg user claim

NOM est un utilisateur du système d’exploitation. Un rôle vaut dans son locataire (par défaut :
Environment) et tous ceux qui sont dessous ; edit donne tous les rôles détenus désormais. claim fait du
propriétaire du dossier de données un administrateur quand le référentiel, venu d’ailleurs, ne le connaît pas.`,
    role: `Usage : gaxpkg role list [--json]
        gaxpkg role add NOM [--privilege P]…
        gaxpkg role edit NOM [--name NOUVEAU] [--privilege P]…
        gaxpkg role remove NOM

Administrator, Deployer et Reader sont intégrés. Privilèges : import, replace, delete, copy, deploy,
manageHosts, administer, et task:NOM pour ceux que des packages ont apportés.`,
    audit: `Usage : gaxpkg audit [--json | --csv]

Qui a fait quoi, quand, depuis quelle machine, et avec quel résultat ; du plus ancien au plus récent.`,
  },
};
