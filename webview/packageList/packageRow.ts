import type { ListRow, PackageStatus, SharedRow } from '../../src/protocol/page/packageList';

/** The row of a package. */
export interface PackageRow extends ListRow {
  /** What it has in common with the rows of the same package in other tenants. */
  readonly shared: SharedRow;
}

/** Small, since there may be hundreds of thousands: what rows of one package share is kept once, and read through. */
class Row implements PackageRow {
  constructor(readonly shared: SharedRow, readonly tenantId: string, readonly group: string, readonly updatedAt: string, private readonly standing: PackageStatus) {}

  get key(): string {
    return `package:${this.tenantId}:${this.shared.id}`;
  }

  get kind(): ListRow['kind'] {
    return this.shared.kind;
  }

  get name(): string {
    return this.shared.name;
  }

  get nickname(): string {
    return this.shared.nickname;
  }

  get version(): string {
    return this.shared.version;
  }

  get localeId(): string {
    return this.shared.localeId;
  }

  get system(): string {
    return this.shared.system;
  }

  get status(): ListRow['status'] {
    return this.standing.status;
  }

  get statusOrder(): number {
    return this.standing.statusOrder;
  }
}

export function createPackageRow(shared: SharedRow, tenantId: string, group: string, updatedAt: string, standing: PackageStatus): PackageRow {
  return new Row(shared, tenantId, group, updatedAt, standing);
}
