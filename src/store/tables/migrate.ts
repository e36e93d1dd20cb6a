/** A run of a migration plan on a site. */
export interface RunTable {
  readonly id: string;
  /** Which start of the plan it is, from 1; with the plan's hash it makes a second start at the same moment fail. */
  readonly attempt: number;
  readonly plan_hash: string;
  readonly site: string;
  readonly case_type: string;
  /** `running`, `done` or `rolled-back`. */
  readonly state: string;
  /** Milliseconds since the epoch. */
  readonly started_at: number;
  readonly finished_at: number | null;
  /** JSON of `AppliedStates`; null until the run is done. */
  readonly applied_states: string | null;
  /** JSON of the plan that it applies; null: begun by a version that kept none. */
  readonly plan: string | null;
}

/** One change of a run: written before the change is made, so that it can be undone whatever happens after. */
export interface JournalTable {
  readonly run_id: string;
  /** Place in the run, from 0. */
  readonly position: number;
  readonly entity_key: string;
  /** JSON; null: the site held nothing of that name. */
  readonly before_image: string | null;
  /** JSON. */
  readonly after_image: string;
  /** JSON of an `InverseChange`. */
  readonly inverse: string;
  /** `intended`, `done` or `undone`. */
  readonly state: string;
}

export interface MigrateTables {
  readonly run: RunTable;
  readonly journal: JournalTable;
}
