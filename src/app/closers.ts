import type { Logger } from '../base/logger.ts';

export interface Closers {
  /** Remembers how to close what was just opened. */
  add(name: string, close: () => Promise<void>): void;
  /** Closes everything, last opened first. A closer that fails is logged and does not hold up the others. */
  closeAll(): Promise<void>;
}

export function createClosers(logger: Logger): Closers {
  const open: { readonly name: string; readonly close: () => Promise<void> }[] = [];
  return {
    add: (name, close) => open.push({ name, close }),
    async closeAll() {
      for (let last = open.pop(); last !== undefined; last = open.pop()) {
        try {
          await last.close();
        } catch (error) {
          const reason = error instanceof Error ? error.message : String(error);
          logger.warn({ part: last.name, reason }, 'a part did not close properly');
        }
      }
    },
  };
}
