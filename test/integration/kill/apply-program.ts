import { applyPlan } from './apply-plan.ts';

// Carries a plan out, for a test that kills it.
const [betaUrl, planFile, storeFile] = process.argv.slice(2) as [string, string, string];
await applyPlan(betaUrl, planFile, storeFile);
process.disconnect();
