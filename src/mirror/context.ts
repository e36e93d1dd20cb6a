import type { Clock, EpochMillis } from '../base/clock.ts';
import type { Logger } from '../base/logger.ts';
import type { Result } from '../base/result.ts';
import type { CaseFile } from '../case/case-file.ts';
import type {
  MirroredCase,
  MirrorPair,
  MirrorSource,
  MirrorStore,
  MirrorTarget,
  MirrorWrite,
} from './ports.ts';

/** What a pass works with. */
export interface MirrorContext {
  readonly pair: MirrorPair;
  readonly source: MirrorSource;
  readonly target: Omit<MirrorTarget, 'write'>;
  /** `MirrorTarget.write`, noted in the store before it begins. */
  readonly write: (writes: readonly MirrorWrite[]) => Promise<readonly Result<number>[]>;
  readonly store: MirrorStore;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Plan only: nothing is written, neither to the target nor to the store. */
  readonly dryRun: boolean;
}

/** A case of the source with what earlier runs knew of it. */
export interface CaseToMirror {
  readonly file: CaseFile;
  readonly row: MirroredCase | null;
  readonly modifiedSeenAt: EpochMillis;
  readonly readAt: EpochMillis;
  readonly linkDigest: string;
}
