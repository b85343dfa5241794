/**
 * How long a server asks to wait, in milliseconds, read from `retry-after-ms` or `Retry-After` (seconds or a date); undefined when it
 * does not say. Never negative.
 */
export function retryAfterMs(headers: Pick<Headers, 'get'>, nowMs: number): number | undefined {
  const exact = numberIn(headers.get('retry-after-ms'));
  if (exact !== undefined) return Math.max(0, exact);
  const value = headers.get('retry-after');
  const seconds = numberIn(value);
  if (seconds !== undefined) return Math.max(0, seconds * 1000);
  const date = Date.parse(value ?? '');
  return Number.isNaN(date) ? undefined : Math.max(0, date - nowMs);
}

function numberIn(text: string | null): number | undefined {
  if (text === null || text.trim() === '') return undefined;
  const number = Number(text);
  return Number.isFinite(number) ? number : undefined;
}
