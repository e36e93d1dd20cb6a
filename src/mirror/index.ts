export { memoryMirrorStore } from './memory-store.ts';
export { mirrorStatus } from './mirror-status.ts';
export type { MirrorStatus } from './mirror-status.ts';
export { planMirrorPass, runMirrorPass } from './run-mirror-pass.ts';
export type { MirrorPassOptions, MirrorReport } from './run-mirror-pass.ts';
export type { MirrorCounts } from './report.ts';
export type { MirrorPair, MirrorSource, MirrorStore, MirrorTarget } from './ports.ts';
