import type { DeliveryErrand } from './delivery.ts';
import type { MigrationErrand } from './migration-run.ts';
import type { MirrorErrand } from './mirror-pass.ts';
import type { PromotionErrand } from './promotion-run.ts';

/** What a process can be sent to do before it is killed. */
export type Errand =
  | ({ readonly kind: 'mirror' } & MirrorErrand)
  | ({ readonly kind: 'apply' | 'undo' } & MigrationErrand)
  | ({ readonly kind: 'promote' } & PromotionErrand)
  | ({ readonly kind: 'deliver' } & DeliveryErrand);

const load = {
  mirror: () => import('./mirror-pass.ts'),
  migration: () => import('./migration-run.ts'),
  promotion: () => import('./promotion-run.ts'),
  delivery: () => import('./delivery.ts'),
};

async function run(errand: Errand): Promise<unknown> {
  switch (errand.kind) {
    case 'mirror':
      return (await load.mirror()).passOnce(errand);
    case 'apply':
      return (await load.migration()).applyPlan(errand);
    case 'undo':
      return (await load.migration()).undoLatest(errand);
    case 'promote':
      return (await load.promotion()).promoteAll(errand);
    case 'deliver':
      return (await load.delivery()).deliverDue(errand);
  }
}

const ROOM_OF: Readonly<Record<string, keyof typeof load>> = {
  mirror: 'mirror',
  apply: 'migration',
  undo: 'migration',
  promote: 'promotion',
  deliver: 'delivery',
};

process.once('message', (errand) => {
  run(errand as Errand).then(
    () => process.disconnect(),
    (thrown: unknown) => {
      console.error(thrown);
      process.exit(1);
    },
  );
});
// Loading takes most of a short life, so it is over before the errand comes.
await load[ROOM_OF[process.argv[2] ?? ''] ?? 'mirror']();
process.send?.('ready');
