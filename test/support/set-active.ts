import type { EntityRef } from '../../src/migrate/entity.ts';
import type { MigrationSite } from '../../src/migrate/ports.ts';

/** Switches something of a site on or off, past any plan. */
export async function setActive(site: MigrationSite, ref: EntityRef, isActive: boolean): Promise<void> {
  await site.update(ref, { isActive });
}
