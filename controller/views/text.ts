import { stripVTControlCharacters } from 'node:util';
import { eastAsianWidth } from 'get-east-asian-width';

/** Columns that `text` takes on a terminal; colour sequences take none, wide characters and emoji two. */
export function displayWidth(text: string): number {
  const plain = stripVTControlCharacters(text);
  if (/^[ -~]*$/.test(plain)) return plain.length;
  let width = 0;
  for (const { segment } of graphemesOf(plain)) width += graphemeWidth(segment);
  return width;
}

function graphemeWidth(grapheme: string): number {
  // An emoji by nature, or made one by a variation selector.
  if (/\p{Emoji_Presentation}|\uFE0F/u.test(grapheme)) return 2;
  const base = grapheme.replace(/[\p{Mn}\p{Me}\p{Cc}\p{Cf}]/gu, '').codePointAt(0);
  return base === undefined ? 0 : eastAsianWidth(base);
}

/** Fills up to `width` columns on the right (or on the left, for numbers); longer text stays as it is. */
export function pad(text: string, width: number, align: 'left' | 'right' = 'left'): string {
  const fill = ' '.repeat(Math.max(0, width - displayWidth(text)));
  return align === 'left' ? text + fill : fill + text;
}

/** Cuts plain text (no colours) to at most `width` columns, with an ellipsis where something is gone. */
export function truncate(text: string, width: number): string {
  if (displayWidth(text) <= width) return text;
  if (width <= 0) return '';
  let kept = '';
  let columns = 0;
  for (const { segment } of graphemesOf(text)) {
    const next = columns + displayWidth(segment);
    if (next > width - 1) break;
    kept += segment;
    columns = next;
  }
  return `${kept}…`;
}

/** Cuts plain text to at most `width` columns out of its middle, so that its beginning and its end stay. */
export function truncateMiddle(text: string, width: number): string {
  if (displayWidth(text) <= width) return text;
  if (width < 3) return truncate(text, width);
  const segments = [...graphemesOf(text)].map(({ segment }) => segment);
  const tail: string[] = [];
  let columns = 0;
  for (const segment of segments.toReversed()) {
    columns += displayWidth(segment);
    if (columns > Math.floor((width - 1) / 2)) break;
    tail.unshift(segment);
  }
  const end = tail.join('');
  return truncate(text, width - displayWidth(end)) + end;
}

/** Made when first needed: it costs as much as loading the rest of a short command. */
let segmenter: Intl.Segmenter | undefined;

function graphemesOf(text: string): Iterable<Intl.SegmentData> {
  segmenter ??= new Intl.Segmenter();
  return segmenter.segment(text);
}

/** Breaks plain text into lines of at most `width` columns at spaces; a longer word gets a line of its own. */
export function wrapText(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const paragraph of text.split('\n')) {
    let line = '';
    for (const word of paragraph.split(/ +/)) {
      const longer = line === '' ? word : `${line} ${word}`;
      if (line === '' || displayWidth(longer) <= width) line = longer;
      else {
        lines.push(line);
        line = word;
      }
    }
    lines.push(line);
  }
  return lines;
}

/** `5,234`; with `decimals` places after the point. By hand: loading the locales takes longer than most commands. */
export function formatNumber(value: number, decimals = 0): string {
  const [whole = '', fraction] = Math.abs(value).toFixed(decimals).split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  const digits = fraction === undefined ? grouped : `${grouped}.${fraction}`;
  return value < 0 && /[1-9]/.test(digits) ? `-${digits}` : digits;
}

/** `15.6%` of `part` in `whole`; `0.0%` of nothing. */
export function formatPercent(part: number, whole: number): string {
  return `${(whole === 0 ? 0 : (100 * part) / whole).toFixed(1)}%`;
}

/** US dollars: `$0`, `$0.0042` below a cent, `$1,234.50` else. */
export function formatUsd(usd: number): string {
  if (usd === 0) return '$0';
  const sign = usd < 0 ? '-' : '';
  const amount = Math.abs(usd);
  return sign + (amount < 0.01 ? `$${Number(amount.toPrecision(2))}` : `$${formatNumber(amount, 2)}`);
}

/** `420 ms`, `9.4 s`, `3 min 5 s`, `2 h 4 min`, `5 d 2 h`. */
export function formatDuration(milliseconds: number): string {
  const ms = Math.max(0, milliseconds);
  if (ms < 999.5) return `${Math.round(ms)} ms`;
  if (ms < 9_950) return `${(ms / 1000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  if (seconds < 60) return `${seconds} s`;
  return twoUnits(seconds);
}

function twoUnits(seconds: number): string {
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return parts(minutes, 'min', seconds % 60, 's');
  const hours = Math.floor(minutes / 60);
  return hours < 48
    ? parts(hours, 'h', minutes % 60, 'min')
    : parts(Math.floor(hours / 24), 'd', hours % 24, 'h');
}

function parts(major: number, unit: string, minor: number, minorUnit: string): string {
  return minor === 0 ? `${major} ${unit}` : `${major} ${unit} ${minor} ${minorUnit}`;
}

/** `1 image`, `3 images`, `1,200 images`. */
export function countOf(count: number, singular: string, plural = `${singular}s`): string {
  return `${formatNumber(count)} ${count === 1 ? singular : plural}`;
}

/** `2026-11-22 19:04` of an RFC 3339 time, in UTC; other text comes back as it is. */
export function formatTime(rfc3339: string): string {
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(rfc3339) ? rfc3339.slice(0, 16).replace('T', ' ') : rfc3339;
}
