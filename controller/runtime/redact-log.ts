import { redactSecrets } from '../diagnostics/redact.ts';

/** Shorter values are too likely to be words. */
const SHORTEST_SECRET = 8;
const MARK = '[redacted]';

/** Names of environment variables whose values are nobody's business. */
const SECRET_NAMES =
  /(TOKEN|SECRET|PASSWORD|PASSWD|API_KEY|ACCESS_KEY|PRIVATE_KEY|CREDENTIALS?|DATABASE_URL|_HEADERS)$/i;

/** The values in an environment that must not be told: by the names of their variables, and by `more` names. */
export function secretValues(
  env: Readonly<Record<string, string | undefined>>,
  more: readonly string[] = [],
): string[] {
  const named = new Set(more);
  return Object.entries(env).flatMap(([name, value]) =>
    value !== undefined && (named.has(name) || SECRET_NAMES.test(name)) ? [value] : [],
  );
}

/**
 * Makes the one function through which every log line, and every text that leaves for another service, goes: it takes out the given
 * values, passwords in URLs, the query of signed URLs, and what follows `Authorization:` or `Bearer`.
 */
export function createRedactor(secrets: readonly string[]): (text: string) => string {
  const values = [...new Set(secrets.flatMap(spellings))].sort((a, b) => b.length - a.length);
  return (text) => {
    let clean = redactSecrets(text)
      .replace(QUERY, (url, path: string, query: string) => (SIGNED.test(query) ? `${path}?${MARK}` : url))
      .replace(CREDENTIALS, (_, scheme: string) => `${scheme} ${MARK}`);
    for (const value of values) clean = clean.replaceAll(value, MARK);
    return clean;
  };
}

/** As it is, and as it looks inside JSON and inside a URL. */
function spellings(secret: string): string[] {
  const trimmed = secret.trim();
  if (trimmed.length < SHORTEST_SECRET) return [];
  return [trimmed, JSON.stringify(trimmed).slice(1, -1), encodeURIComponent(trimmed)];
}

const QUERY = /(https?:\/\/[^\s"'<>?]+)\?([^\s"'<>]*)/gi;
/** Signatures and tokens in a query: S3, Azure, Google, and our own kind. */
const SIGNED = /X-Amz-|X-Goog-|(?:^|[&;])(?:sig|signature|token|access_token|key)=/i;
const CREDENTIALS = /\b(Bearer|Basic)\s+[A-Za-z0-9._~+/=-]{8,}/gi;
