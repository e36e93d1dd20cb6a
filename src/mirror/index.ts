export { memoryMirrorStore } from './memory-store.ts';
export { failureOf, mirrorStatus, type MirrorStatus } from './mirror-status.ts';
export { CASES_PER_GROUP, planMirrorPass, runMirrorPass, type MirrorReport } from './run-mirror-pass.ts';
