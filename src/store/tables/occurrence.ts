import type { Channel, OccurrenceState } from '../../case/occurrence.ts';

/** Instants are milliseconds since the epoch. */
export interface OccurrenceTable {
  readonly id: string;
  readonly site: string;
  readonly rule: string;
  readonly case_id: number;
  readonly activity_id: number;
  readonly recipient_id: number;
  readonly due_at: number;
  readonly channel: Channel;
  readonly state: OccurrenceState;
  readonly reason: string | null;
  readonly attempts: number;
  readonly planned_at: number;
  readonly wake_at: number;
  readonly claimed_at: number | null;
  readonly lease_until: number | null;
  readonly finished_at: number | null;
  readonly result_activity_id: number | null;
}

interface DeliveryTable {
  readonly occurrence_id: string;
  readonly message_id: string;
  readonly attempts: number;
  readonly last_error: string | null;
  readonly updated_at: number;
}

export interface OccurrenceTables {
  readonly occurrence: OccurrenceTable;
  readonly delivery: DeliveryTable;
}
