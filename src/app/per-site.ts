import { toAppError, type AppError } from '../base/errors.ts';

export interface PerSite<Value> {
  readonly values: readonly Value[];
  /** Sites where it did not work; the others were done all the same. */
  readonly failures: readonly { readonly site: string; readonly error: AppError }[];
}

/**
 * Does something for each site, one after another, and goes on when one of them fails. For a single site a failure
 * is thrown as it is.
 */
export async function forEachSite<Value>(
  sites: readonly string[],
  work: (site: string) => Promise<Value>,
): Promise<PerSite<Value>> {
  const values: Value[] = [];
  const failures: { site: string; error: AppError }[] = [];
  for (const site of sites) {
    try {
      values.push(await work(site));
    } catch (thrown) {
      if (sites.length === 1) throw thrown;
      failures.push({ site, error: toAppError(thrown) });
    }
  }
  return { values, failures };
}
