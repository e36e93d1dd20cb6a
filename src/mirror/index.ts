export { memoryMirrorStore } from './memory-store.ts';
export { mirrorStatus, type MirrorStatus } from './mirror-status.ts';
export { planMirrorPass, runMirrorPass, type MirrorReport } from './run-mirror-pass.ts';
