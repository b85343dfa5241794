/**
 * A value as one line of JSON that is safe to look at on a terminal too: control, bidirectional and invisible characters are written as
 * escapes, which every JSON reader turns back.
 */
export function jsonLine(value: unknown): string {
  const json = JSON.stringify(value).replace(HIDDEN, escapeUnits);
  return `${json}\n`;
}

function escapeUnits(text: string): string {
  return text
    .split('')
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .join('');
}

// In UTF-16 units; 0xDB40 begins the tag characters.
const HIDDEN =
  /[\u007F-\u009F\u00AD\u061C\u200B\u200E\u200F\u2028-\u202E\u2060-\u206F\uFEFF\uFFF9-\uFFFB]|\uDB40[\uDC00-\uDC7F]/g;
