export { JOBS, type Evidence, type Job, type SiteFacts } from './evidence.ts';
export { CHECKS, judgeEvidence, type Examination } from './examination.ts';
export { gatherEvidence } from './gather.ts';
export { renderCheckList } from './render-check-list.ts';
