/**
 * Blots out secrets that people write into URLs (a password, a webhook's path), so that a spec can be quoted in a message. Keeps the
 * length, so that columns stay right.
 */
export function redactSecrets(text: string): string {
  return text
    .replace(
      /(:\/\/[^/\s:@"']*:)([^@\s/"']+)(?=@)/g,
      (_, lead: string, secret: string) => lead + '*'.repeat(secret.length),
    )
    .replace(
      /(hooks\.slack\.com\/)([^\s"',}]+)/g,
      (_, lead: string, secret: string) => lead + '*'.repeat(secret.length),
    );
}
