import { describe } from 'vitest';

/** Tests on site A at the same time as those on site B; on each it is one after the other. */
export function describeSideBySide(groups: { readonly a: () => void; readonly b: () => void }): void {
  describe.concurrent('on site A', () => {
    describe.sequential('one by one', groups.a);
  });
  describe.concurrent('on site B', () => {
    describe.sequential('one by one', groups.b);
  });
}
