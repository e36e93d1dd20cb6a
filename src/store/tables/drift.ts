/** A drift that people were told of by mail. */
export interface DriftReportTable {
  readonly site: string;
  readonly entity_key: string;
  /** Of what the site held then. */
  readonly fingerprint: string;
  /** Milliseconds since the epoch. */
  readonly reported_at: number;
}

export interface DriftTables {
  readonly drift_report: DriftReportTable;
}
