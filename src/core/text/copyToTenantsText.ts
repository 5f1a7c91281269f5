import type { CopyCounts, CopyProblem } from '../packages/tenantCopy';
import { createText, defineMessages, type Locale } from './messages';

/** Words of the wizard that copies packages to tenants (ux.md 10). */
export const copyToTenantsText = defineMessages(
  {
    title: 'Copy to tenants',
    morePackages: '{n, plural, one {# more package} other {# more packages}}',
    tenants: 'Tenants',
    review: 'Review',
    chosen: '{n} chosen',
    chooseHeading: 'Choose the target tenants',
    chooseText: 'The content is shared, not doubled: a copy takes no space, and each tenant sees the same files.',
    quickFilter: 'Quick filter',
    clearFilter: 'Clear filter',
    count: '{n, plural, one {# tenant} other {# tenants}}',
    countOf: '{m} of {n}',
    countAnnouncement: '{m} of {n} tenants.',
    noMatch: 'No tenant contains “{text}”.',
    treeKeys: 'Arrow keys move, Space ticks, Ctrl+A ticks all that may be ticked, letters jump to a name.',
    hasAll: '{n, plural, one {Has it} =2 {Has both} other {Has all #}}',
    hasSome: 'Has {packages}',
    hasCount: 'Has {k} of {n}',
    readOnly: 'You may only read here',
    targets: 'Target tenants',
    removeAll: 'Remove all',
    remove: 'Remove {tenant}',
    noneChosen: 'No tenant is chosen yet.',
    moreTargets: '{n} more',
    rights: 'You see only tenants that you have a right to. Group and description are copied too; later changes stay with each tenant.',
    noneLeft: 'There is no tenant left to copy to: each that you may copy to has {n, plural, one {the package} other {the packages}} already.',
    problemNoTenant: 'Choose at least one tenant.',
    problemComplete: 'The chosen tenants have {n, plural, one {the package} other {the packages}} already. Choose another one.',
    problemReadOnly: 'You may no longer copy to {tenant}. Remove it.',
    problemAnnouncement: '1 value to correct: Target tenants. {message}',
    reviewHeading: 'Review',
    reviewText: 'Nothing has been copied yet. This is what Finish does.',
    table: 'Packages and tenants',
    columnPackage: 'Package',
    columnTenant: 'Tenant',
    columnOutcome: 'Result',
    willCopy: 'Copied',
    copied: 'Copied',
    present: 'Already there',
    failed: 'Not copied',
    footer: 'Copies {n, plural, one {# package} other {# packages}} to {m, plural, one {# tenant} other {# tenants}}.',
    copying: 'Copying…',
    done: 'Copied {n, plural, one {# package} other {# packages}} to {m, plural, one {# tenant} other {# tenants}}.',
    nothingCopied: 'Nothing was copied.',
    refused: '{package} was not copied to {tenant}: {reason}',
    othersDone: 'Everything else was copied.',
    gone: 'The packages are no longer in the repository. Nothing can be copied.',
    someGone: '{n, plural, one {# package is} other {# packages are}} no longer in the repository and will not be copied.',
    needsTrust: 'Restricted Mode: copying needs a trusted window.',
    manageTrust: 'Manage workspace trust',
    offline: 'The package service does not answer. Your choice is kept.',
    connectAgain: 'Connect again',
  },
  {
    title: 'Copier vers des locataires',
    morePackages: '{n, plural, one {# autre package} other {# autres packages}}',
    tenants: 'Locataires',
    review: 'Vérification',
    chosen: '{n, plural, one {# choisi} other {# choisis}}',
    chooseHeading: 'Choisissez les locataires ciblés',
    chooseText: 'Le contenu est partagé, pas doublé : une copie ne prend pas de place, et chaque locataire voit les mêmes fichiers.',
    quickFilter: 'Filtre rapide',
    clearFilter: 'Effacer le filtre',
    count: '{n, plural, one {# locataire} other {# locataires}}',
    countOf: '{m} sur {n}',
    countAnnouncement: '{m} locataires sur {n}.',
    noMatch: 'Aucun locataire ne contient « {text} ».',
    treeKeys: 'Flèches : se déplacer, Espace : cocher, Ctrl+A : tout cocher, lettres : aller à un nom.',
    hasAll: '{n, plural, one {L’a déjà} =2 {A les deux} other {A les #}}',
    hasSome: 'A {packages}',
    hasCount: 'En a {k} sur {n}',
    readOnly: 'Lecture seule ici',
    targets: 'Locataires ciblés',
    removeAll: 'Tout retirer',
    remove: 'Retirer {tenant}',
    noneChosen: 'Aucun locataire n’est encore choisi.',
    moreTargets: '{n} de plus',
    rights: 'Seuls les locataires auxquels vous avez droit sont affichés. Groupe et description sont copiés aussi ; les modifications ultérieures restent à chaque locataire.',
    noneLeft: 'Il ne reste aucun locataire vers lequel copier : chacun de ceux qui vous sont permis a déjà {n, plural, one {le package} other {les packages}}.',
    problemNoTenant: 'Choisissez au moins un locataire.',
    problemComplete: 'Les locataires choisis ont déjà {n, plural, one {le package} other {les packages}}. Choisissez-en un autre.',
    problemReadOnly: 'Vous ne pouvez plus copier vers {tenant}. Retirez-le.',
    problemAnnouncement: '1 valeur à corriger : Locataires ciblés. {message}',
    reviewHeading: 'Vérification',
    reviewText: 'Rien n’est encore copié. Voici ce que fera Terminer.',
    table: 'Packages et locataires',
    columnPackage: 'Package',
    columnTenant: 'Locataire',
    columnOutcome: 'Résultat',
    willCopy: 'Copié',
    copied: 'Copié',
    present: 'Déjà présent',
    failed: 'Non copié',
    footer: 'Copie {n, plural, one {# package} other {# packages}} vers {m, plural, one {# locataire} other {# locataires}}.',
    copying: 'Copie en cours…',
    done: '{n, plural, one {# package copié} other {# packages copiés}} vers {m, plural, one {# locataire} other {# locataires}}.',
    nothingCopied: 'Rien n’a été copié.',
    refused: '{package} n’a pas été copié vers {tenant} : {reason}',
    othersDone: 'Tout le reste a été copié.',
    gone: 'Les packages ne sont plus dans le référentiel. Rien ne peut être copié.',
    someGone: '{n, plural, one {# package n’est plus} other {# packages ne sont plus}} dans le référentiel : {n, plural, one {il ne sera pas copié} other {ils ne seront pas copiés}}.',
    needsTrust: 'Mode restreint : copier demande une fenêtre approuvée.',
    manageTrust: 'Gérer l’approbation de l’espace de travail',
    offline: 'Le service de packages ne répond pas. Votre choix est conservé.',
    connectAgain: 'Reconnecter',
  },
);

/** Why nothing can be copied yet. @param packages how many are to be copied */
export function describeCopyProblem(locale: Locale, problem: CopyProblem, packages: number): string {
  const text = createText(locale, copyToTenantsText);
  switch (problem.kind) {
    case 'noTenant':
      return text('problemNoTenant');
    case 'allComplete':
      return text('problemComplete', { n: packages });
    case 'readOnly':
      return text('problemReadOnly', { tenant: problem.tenant });
  }
}

/** How a copy has ended. */
export function describeCopied(locale: Locale, { packages, tenants }: CopyCounts): string {
  const text = createText(locale, copyToTenantsText);
  return packages === 0 ? text('nothingCopied') : text('done', { n: packages, m: tenants });
}
