import type { Config } from '../config/index.ts';

/** Every credential that the configuration holds, for taking them out of whatever is printed. */
export function secretsOf(config: Config): readonly string[] {
  const sites = Object.values(config.sites).flatMap((site) => [site.apiKey, site.siteKey]);
  const addresses = [config.mail?.url, config.database, config.redisUrl].map((url) =>
    url != null && URL.canParse(url) ? decodeURIComponent(new URL(url).password) : null,
  );
  return [...sites, ...addresses].filter((secret): secret is string => secret !== null && secret.length > 3);
}

/** Replaces the secrets, also where they stand escaped in a URL. */
export function secretRemover(secrets: readonly string[]): (text: string) => string {
  const needles = [...new Set(secrets.flatMap((secret) => [secret, encodeURIComponent(secret)]))].sort(
    (left, right) => right.length - left.length,
  );
  return (text) => needles.reduce((rest, needle) => rest.replaceAll(needle, '[secret]'), text);
}
