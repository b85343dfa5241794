/** Eighths of a block, so that short bars still differ. */
const PARTS = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'] as const;

/**
 * A horizontal bar for `value` where `max` fills `width` columns. While `max` fits the width, one block is one unit, as people count
 * them; above that it is scaled, in eighths, and anything that is not zero shows.
 */
export function bar(value: number, max: number, width: number): string {
  if (value <= 0 || width <= 0) return '';
  if (max <= width) return '█'.repeat(Math.round(value));
  const eighths = Math.max(1, Math.round((Math.min(value, max) / max) * width * 8));
  return '█'.repeat(Math.floor(eighths / 8)) + PARTS[eighths % 8]!;
}
