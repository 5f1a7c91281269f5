import type { PackageKind } from '../../src/core/packages/model';

/** The icon of each kind of package; the trees have the same. */
export const packageIcons: Readonly<Record<PackageKind, string>> = { application: 'package', 'plug-in': 'plug', 'solution-definition': 'symbol-structure' };
