import { describe } from 'vitest';

/** Tests on site A at the same time as those on site B; on each it is one after the other. */
export function describeSideBySide(groups: { readonly a: () => void; readonly b: () => void }): void {
  describe.concurrent('on site A', () => {
    describe('one by one', { concurrent: false }, groups.a);
  });
  describe.concurrent('on site B', () => {
    describe('one by one', { concurrent: false }, groups.b);
  });
}
