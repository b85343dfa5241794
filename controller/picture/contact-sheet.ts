import { DIGIT_ROWS, dotsOf } from './digits.ts';
import type { Raster } from './raster.ts';
import { encodeTile } from './tile.ts';

/** More cells than this on one sheet and vision models start to mix them up. */
export const MAX_CELLS = 25;

export interface Cell {
  /** Drawn above the picture. */
  readonly number: number;
  /** Undefined for a picture that cannot be shown: its cell is crossed out. */
  readonly tile: Raster | undefined;
}

export interface SheetLayout {
  /** Side of a cell's picture area in pixels; tiles must not be larger. */
  readonly thumbnail: number;
  readonly columns: number;
}

type Grey = number;

// A dark card with its number in a strip above the picture, on a light ground: nothing is drawn over a picture, and it is clear
// to which picture a number belongs.
const GROUND: Grey = 0xc8;
const CARD: Grey = 0x30;
const INK: Grey = 0xff;
const GUTTER = 8;

interface Canvas {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/** Draws the cells in their order, at most 25 a sheet, as JPEGs. Same cells, same bytes, on every machine. */
export async function renderContactSheets(
  cells: readonly Cell[],
  layout: SheetLayout,
): Promise<Uint8Array[]> {
  const sheets: Uint8Array[] = [];
  for (const part of sheetsOf(cells)) sheets.push(await renderSheet(part, layout));
  return sheets;
}

/** How cells are spread over sheets. */
export function sheetsOf<T>(cells: readonly T[]): T[][] {
  const count = Math.ceil(cells.length / MAX_CELLS);
  return Array.from({ length: count }, (_, index) => cells.slice(index * MAX_CELLS, (index + 1) * MAX_CELLS));
}

/** Draws one sheet as a JPEG. The same tiles under the same numbers are drawn once, for as long as anybody holds on to them. */
export async function renderSheet(cells: readonly Cell[], layout: SheetLayout): Promise<Uint8Array> {
  const first = cells[0]?.tile;
  const before = first === undefined ? undefined : drawn.get(first);
  if (before !== undefined && isSame(before, cells, layout)) return await before.bytes;
  const bytes = encodeTile({ ...drawSheet(cells, layout), channels: 3 });
  if (first !== undefined)
    drawn.set(first, { cells: cells.map(({ number, tile }) => ({ number, tile })), layout, bytes });
  return await bytes;
}

interface DrawnSheet {
  readonly cells: readonly Cell[];
  readonly layout: SheetLayout;
  readonly bytes: Promise<Uint8Array>;
}

/** An actor's sheet is drawn for the evaluator and, right after, for people. By the tile of the first cell. */
const drawn = new WeakMap<Raster, DrawnSheet>();

function isSame(before: DrawnSheet, cells: readonly Cell[], { thumbnail, columns }: SheetLayout): boolean {
  return (
    before.layout.thumbnail === thumbnail &&
    before.layout.columns === columns &&
    before.cells.length === cells.length &&
    before.cells.every(({ number, tile }, index) => {
      const cell = cells[index]!;
      return cell.number === number && cell.tile === tile;
    })
  );
}

/** Pixels of a sheet with this many cells. */
export function sheetSize(
  cells: number,
  { thumbnail, columns }: SheetLayout,
): { readonly width: number; readonly height: number } {
  const across = cellsAcross(cells, columns);
  return {
    width: across * (thumbnail + GUTTER) + GUTTER,
    height: Math.ceil(cells / across) * (stripHeight(thumbnail) + thumbnail + GUTTER) + GUTTER,
  };
}

function cellsAcross(cells: number, columns: number): number {
  return Math.max(1, Math.min(columns, cells));
}

function drawSheet(cells: readonly Cell[], layout: SheetLayout): Canvas {
  const { thumbnail } = layout;
  const strip = stripHeight(thumbnail);
  const across = cellsAcross(cells.length, layout.columns);
  const { width, height } = sheetSize(cells.length, layout);
  const canvas = { width, height, data: new Uint8Array(width * height * 3).fill(GROUND) };
  for (const [index, cell] of cells.entries()) {
    const left = GUTTER + (index % across) * (thumbnail + GUTTER);
    const top = GUTTER + Math.floor(index / across) * (strip + thumbnail + GUTTER);
    fill(canvas, left, top, thumbnail, strip + thumbnail, CARD);
    drawNumber(canvas, cell.number, left, top, thumbnail, strip);
    if (cell.tile === undefined) drawCross(canvas, left, top + strip, thumbnail);
    else drawTile(canvas, cell.tile, left, top + strip, thumbnail);
  }
  return canvas;
}

function stripHeight(thumbnail: number): number {
  return Math.max(15, Math.round(thumbnail * 0.14));
}

function drawNumber(
  canvas: Canvas,
  number: number,
  left: number,
  top: number,
  width: number,
  strip: number,
): void {
  const scale = Math.max(1, Math.floor((strip - 4) / DIGIT_ROWS));
  const { width: units, dots } = dotsOf(number);
  const x = left + Math.max(0, Math.floor((width - units * scale) / 2));
  const y = top + Math.floor((strip - DIGIT_ROWS * scale) / 2);
  for (const dot of dots) fill(canvas, x + dot.x * scale, y + dot.y * scale, scale, scale, INK);
}

function drawTile(canvas: Canvas, tile: Raster, left: number, top: number, side: number): void {
  if (tile.width > side || tile.height > side) {
    throw new RangeError(`A tile of ${tile.width} x ${tile.height} does not fit a cell of ${side}.`);
  }
  const x = left + Math.floor((side - tile.width) / 2);
  const y = top + Math.floor((side - tile.height) / 2);
  const row = tile.width * 3;
  for (let line = 0; line < tile.height; line += 1) {
    const pixels = tile.data.subarray(line * row, (line + 1) * row);
    canvas.data.set(pixels, ((y + line) * canvas.width + x) * 3);
  }
}

function drawCross(canvas: Canvas, left: number, top: number, side: number): void {
  const margin = Math.floor(side / 4);
  const stroke = Math.max(2, Math.floor(side / 40));
  for (let step = margin; step < side - margin - stroke; step += 1) {
    fill(canvas, left + step, top + step, stroke, stroke, GROUND);
    fill(canvas, left + side - step - stroke, top + step, stroke, stroke, GROUND);
  }
}

function fill(canvas: Canvas, left: number, top: number, width: number, height: number, grey: Grey): void {
  const right = Math.min(canvas.width, left + width);
  for (let y = top; y < top + height; y += 1) {
    canvas.data.fill(grey, (y * canvas.width + left) * 3, (y * canvas.width + right) * 3);
  }
}
