import type { LinkedEntity, MirroredCase } from '../../mirror/ports.ts';

/** Instants are milliseconds since the epoch; modified dates are the source's wall clock; `…_json` holds JSON. */
interface MirrorCursorTable {
  readonly pair: string;
  readonly since: string;
}

export interface MirroredCaseTable {
  readonly pair: string;
  readonly source_id: number;
  readonly target_id: number | null;
  readonly state: MirroredCase['state'];
  readonly source_modified: string;
  readonly modified_seen_at: number;
  readonly read_at: number;
  readonly link_digest: string;
  readonly file_digest: string;
  readonly foreign_activity_ids_json: string;
  readonly our_client_ids_json: string;
  readonly our_roles_json: string;
  readonly mirrored_at: number | null;
}

export interface IdLinkTable {
  readonly pair: string;
  readonly entity: LinkedEntity;
  readonly source_id: number;
  readonly target_id: number;
  /** 0 or 1: SQLite has no booleans. */
  readonly ours: number;
  readonly sent_json: string;
  readonly kept_json: string;
}

interface MirrorRejectTable {
  readonly pair: string;
  readonly case_id: number;
  readonly entity: LinkedEntity;
  readonly source_id: number;
  readonly reason: string;
  readonly at: number;
}

interface MirrorConflictTable {
  readonly pair: string;
  readonly case_id: number;
  readonly entity: LinkedEntity;
  readonly source_id: number;
  readonly target_id: number;
  readonly field: string;
  readonly source_value_json: string;
  readonly target_value_json: string;
  readonly at: number;
}

/** The last run of each pair. */
interface MirrorRunTable {
  readonly pair: string;
  readonly started_at: number;
  readonly finished_at: number | null;
  readonly outcome_json: string;
}

export interface MirrorTables {
  readonly mirror_cursor: MirrorCursorTable;
  readonly mirrored_case: MirroredCaseTable;
  readonly id_link: IdLinkTable;
  readonly mirror_reject: MirrorRejectTable;
  readonly mirror_conflict: MirrorConflictTable;
  readonly mirror_run: MirrorRunTable;
}
