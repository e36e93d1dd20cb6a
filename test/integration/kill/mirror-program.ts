import { passOnce } from './mirror-pass.ts';

// One pass of a mirror, for a test that kills it.
const [alphaUrl, betaUrl, storeFile] = process.argv.slice(2) as [string, string, string];
await passOnce(alphaUrl, betaUrl, storeFile);
process.disconnect();
