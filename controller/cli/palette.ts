import { createColors } from 'picocolors';
import { type Palette, plainPalette } from '../views/palette.ts';

/** The terminal's colours, or none. */
export function createPalette(enabled: boolean): Palette {
  if (!enabled) return plainPalette;
  const { bold, dim, red, green, yellow, cyan } = createColors(true);
  return { bold, dim, red, green, yellow, cyan };
}
