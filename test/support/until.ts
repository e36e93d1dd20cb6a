/** Resolves as soon as the condition holds; fails after ten seconds, naming what was waited for. */
export async function until(what: string, holds: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 10_000;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error(`Waited ten seconds in vain: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
