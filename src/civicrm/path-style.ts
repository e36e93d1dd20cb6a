import { AppError } from '../base/errors.ts';
import type { PathStyle } from './client.ts';

/** In the order in which they are tried: most sites have clean paths. */
export const PATH_STYLES: readonly PathStyle[] = ['clean', 'wordpress', 'joomla'];

/**
 * The address of one of CiviCRM's routes, such as `civicrm/ajax/api4/Case/get`.
 *
 * @param base the front page without a trailing slash.
 */
export function urlOf(base: string, style: PathStyle, route: string): string {
  switch (style) {
    case 'clean':
      return `${base}/${route}`;
    case 'wordpress':
      return `${base}/?civiwp=CiviCRM&q=${route}`;
    case 'joomla':
      return `${base}/index.php?option=com_civicrm&task=${route}`;
    default:
      return style satisfies never;
  }
}

/** The front page's address without trailing slash; `invalid-input` for what cannot be one. */
export function baseUrlOf(site: string, url: string): string {
  const complaint = urlComplaint(url);
  if (complaint !== null)
    throw new AppError(
      'invalid-input',
      `The url of site "${site}" ${complaint}. Give the address of the front page, such as https://example.org or https://example.org/folder.`,
      { details: { site } },
    );
  return url.replace(/\/+$/, '');
}

/** What is wrong with an address, as the end of a sentence; null: nothing. */
export function urlComplaint(url: string): string | null {
  if (!URL.canParse(url)) return 'is not an address';
  const parsed = new URL(url);
  if (parsed.protocol !== 'http:' && parsed.protocol !== 'https:') return 'is not an http or https address';
  // It would reach logs and proxies with every request.
  if (parsed.username !== '' || parsed.password !== '') return 'carries a user name or password';
  if (parsed.search !== '' || parsed.hash !== '') return 'has a query or a fragment';
  if (/\/civicrm(\/|$)/.test(parsed.pathname)) return 'points into CiviCRM itself';
  return null;
}
