import { ProductError } from '../../../core/errors';
import type { ExtensionParts } from '../../extensionParts';
import { deployedSubject } from '../../pages/deployedPackage/deployedSubject';
import type { PageKind, PageSubject } from '../../../protocol/page/page';
import type { Subject } from '../../views/nodes/viewNode';
import type { Command, Target } from '../command';
import { onePackage } from './choosePackages';

/** Opens the page of a package, an import or a deployed package. */
export const showDetails: Command = {
  id: 'gaxPackages.packages.showDetails',
  run: async (parts, target) => {
    const { kind, subject } = await chooseDetails(parts, target);
    parts.pages.show(kind, subject);
  },
};

/** The same for whatever has a page, beside the present editor. */
export const openToSide: Command = {
  id: 'gaxPackages.views.openToSide',
  run: async (parts, target) => {
    const { kind, subject } = await chooseDetails(parts, target);
    parts.pages.show(kind, subject, undefined, 'beside');
  },
};

interface Details {
  readonly kind: PageKind;
  readonly subject: PageSubject;
}

async function chooseDetails(parts: ExtensionParts, target: Target): Promise<Details> {
  const given = target.nodes.flatMap(({ subject }) => detailsOf(subject) ?? [])[0];
  if (given !== undefined) return given;
  if (target.isGone) throw new ProductError('general/cancelled');
  const { id, tenantId } = await onePackage(parts, target, parts.text('choosePackage'));
  return { kind: 'packageDetails', subject: { id, tenantId } };
}

function detailsOf(subject: Subject): Details | undefined {
  switch (subject.kind) {
    case 'package':
      return { kind: 'packageDetails', subject: { id: subject.package.id, tenantId: subject.package.tenantId } };
    case 'import':
      return { kind: 'packageDetails', subject: { id: subject.record.id } };
    case 'deployed':
      return { kind: 'deployedPackage', subject: deployedSubject(subject.deployed) };
    case 'host':
      return { kind: 'host', subject: { id: subject.host.id } };
    default:
      return undefined;
  }
}
