import { createColors } from 'picocolors';

type Style = (text: string) => string;

/** Colours with a meaning; all of them give the text back unchanged where there are no colours. */
export interface Palette {
  /** Whether any of it does anything. */
  readonly enabled: boolean;
  readonly bold: Style;
  readonly dim: Style;
  /** Destroyed, failed. */
  readonly red: Style;
  /** Made, good. */
  readonly green: Style;
  /** Changed, in doubt. */
  readonly yellow: Style;
  readonly cyan: Style;
  readonly magenta: Style;
}

export function createPalette(enabled: boolean): Palette {
  const { bold, dim, red, green, yellow, cyan, magenta } = createColors(enabled);
  return { enabled, bold, dim, red, green, yellow, cyan, magenta };
}
