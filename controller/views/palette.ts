type Style = (text: string) => string;

/** The colours that a view uses; what they are made of is not its business. */
export interface Palette {
  readonly bold: Style;
  readonly dim: Style;
  /** Destroyed, failed. */
  readonly red: Style;
  /** Made, good. */
  readonly green: Style;
  /** Changed, in doubt. */
  readonly yellow: Style;
  /** Brought back, taken in. */
  readonly cyan: Style;
}

function plain(text: string): string {
  return text;
}

/** No colours: for files, pipes and tests. */
export const plainPalette: Palette = {
  bold: plain,
  dim: plain,
  red: plain,
  green: plain,
  yellow: plain,
  cyan: plain,
};
