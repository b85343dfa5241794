/** Eighths of a block, so that short bars still differ. */
const PARTS = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'] as const;

/**
 * A horizontal bar for `value` where `max` is the longest. While `max` fits into `width` columns, one block is one unit, as people count
 * them; above that the bars are scaled.
 */
export function bar(value: number, max: number, width: number): string {
  return max <= width ? '█'.repeat(Math.max(0, Math.round(value))) : scaledBar(value, max, width);
}

/** A bar of `value / max` of `width` columns, in eighths of a block; anything that is not zero shows. */
export function scaledBar(value: number, max: number, width: number): string {
  if (value <= 0 || width <= 0) return '';
  const eighths = Math.max(1, Math.round((Math.min(value, max) / max) * width * 8));
  return '█'.repeat(Math.floor(eighths / 8)) + PARTS[eighths % 8]!;
}
