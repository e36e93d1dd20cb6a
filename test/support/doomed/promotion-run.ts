import { applyPromotion, createApp } from '../../../src/app/index.ts';
import { readConfig } from '../../../src/config/index.ts';

export interface PromotionErrand {
  /** Where civicase.yaml is. */
  readonly folder: string;
  readonly promotion: string;
}

/** As `civicase promote` does. */
export async function promoteAll({ folder, promotion }: PromotionErrand): Promise<void> {
  const place = { file: null, dataDir: null, workingDirectory: folder, environment: {} };
  const app = createApp(readConfig(place), { logLevel: 'error' });
  try {
    await applyPromotion(app, promotion, null);
  } finally {
    await app.close();
  }
}
