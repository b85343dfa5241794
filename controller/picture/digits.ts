/** Digits as bitmaps of 5 x 7, so that a contact sheet looks the same on every machine, whatever fonts it has. */
const DIGITS: readonly (readonly string[])[] = [
  ['01110', '10001', '10011', '10101', '11001', '10001', '01110'],
  ['00100', '01100', '00100', '00100', '00100', '00100', '01110'],
  ['01110', '10001', '00001', '00010', '00100', '01000', '11111'],
  ['11111', '00010', '00100', '00010', '00001', '10001', '01110'],
  ['00010', '00110', '01010', '10010', '11111', '00010', '00010'],
  ['11111', '10000', '11110', '00001', '00001', '10001', '01110'],
  ['00110', '01000', '10000', '11110', '10001', '10001', '01110'],
  ['11111', '00001', '00010', '00100', '01000', '01000', '01000'],
  ['01110', '10001', '10001', '01110', '10001', '10001', '01110'],
  ['01110', '10001', '10001', '01111', '00001', '00010', '01100'],
];

export const DIGIT_ROWS = 7;
const DIGIT_COLUMNS = 5;

/** One set dot of a number, from its top left corner. */
export interface Dot {
  readonly x: number;
  readonly y: number;
}

/** The dots of a number that are set, and how wide it is; one column between digits. */
export function dotsOf(number: number): { readonly width: number; readonly dots: readonly Dot[] } {
  const text = String(number);
  const dots = [...text].flatMap((digit, position) =>
    (DIGITS[Number(digit)] ?? []).flatMap((row, y) =>
      [...row].flatMap((bit, x) => (bit === '1' ? [{ x: position * (DIGIT_COLUMNS + 1) + x, y }] : [])),
    ),
  );
  return { width: text.length * (DIGIT_COLUMNS + 1) - 1, dots };
}
