import { createProcessSite } from '../civicrm/process-site.ts';
import type { ProcessSite } from '../process-test/ports.ts';
import type { App } from './app.ts';

/** A site of the configuration on which process tests may open cases of their own. */
export function openProcessSite(app: App, name: string): ProcessSite {
  return createProcessSite(app.site(name));
}
