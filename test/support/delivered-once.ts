import type { Email } from 'postal-mime';
import { keyColumn } from '../../scripts/demo/databases/queries.ts';
import { occurrenceKey } from '../../src/case/origin-key.ts';
import { openStore } from '../../src/store/store.ts';
import type { RealSite } from './real-sites.ts';

/**
 * What is wrong with a delivery that should have done everything: each occurrence is done and has one activity in the
 * site's database, each mail went out once, to the address that the database has of its recipient, and no other did.
 */
export async function whyNotDeliveredOnce(
  storeFile: string,
  site: RealSite,
  mails: readonly Email[],
): Promise<readonly string[]> {
  const store = await openStore(storeFile);
  const occurrences = await store.db.selectFrom('occurrence').selectAll().execute();
  const deliveries = await store.db.selectFrom('delivery').selectAll().execute();
  await store.close();
  const { table, column } = await keyColumn(site, 'Activity');
  const written = await site.rows(`SELECT ${column} AS \`key\`, COUNT(*) AS times FROM ${table} GROUP BY 1`);
  const timesOf = new Map(written.map(({ key, times }) => [key, Number(times)]));
  const addresses = await site.rows('SELECT contact_id, email FROM civicrm_email WHERE is_primary = 1');
  const addressOf = new Map(addresses.map(({ contact_id: id, email }) => [id, email]));
  const messageIdOf = new Map(deliveries.map((row) => [row.occurrence_id, row.message_id]));

  const wrong: string[] = [];
  for (const { id, state, reason, channel, recipient_id: recipient } of occurrences) {
    const records = timesOf.get(occurrenceKey(id)) ?? 0;
    if (state !== 'done') wrong.push(`${id} is ${state}: ${reason ?? 'no reason'}`);
    if (records !== 1) wrong.push(`${id} has ${String(records)} activities`);
    const sent = mails.filter(({ messageId }) => messageId === messageIdOf.get(id));
    const wanted = channel === 'email' ? [addressOf.get(recipient)] : [];
    const got = sent.flatMap(({ to }) => to?.map(({ address }) => address) ?? []);
    if (got.join() !== wanted.join()) wrong.push(`${id} was mailed to ${got.join()}, not ${wanted.join()}`);
  }
  const known = new Set(messageIdOf.values());
  const strange = mails.filter(({ messageId = '' }) => !known.has(messageId));
  return [...wrong, ...strange.map(({ messageId = '' }) => `nobody knows the mail ${messageId}`)];
}
