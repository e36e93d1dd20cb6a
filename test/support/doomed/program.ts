import { deliverDue, type DeliveryErrand } from './delivery.ts';
import { applyPlan, undoLatest, type MigrationErrand } from './migration-run.ts';
import { passOnce, type MirrorErrand } from './mirror-pass.ts';

/** What a process can be sent to do before it is killed. */
export type Errand =
  | ({ readonly kind: 'mirror' } & MirrorErrand)
  | ({ readonly kind: 'apply' | 'undo' } & MigrationErrand)
  | ({ readonly kind: 'deliver' } & DeliveryErrand);

function run(errand: Errand): Promise<unknown> {
  switch (errand.kind) {
    case 'mirror':
      return passOnce(errand);
    case 'apply':
      return applyPlan(errand);
    case 'undo':
      return undoLatest(errand);
    case 'deliver':
      return deliverDue(errand);
  }
}

process.once('message', (errand) => {
  run(errand as Errand).then(
    () => process.disconnect(),
    (thrown: unknown) => {
      console.error(thrown);
      process.exit(1);
    },
  );
});
process.send?.('ready');
