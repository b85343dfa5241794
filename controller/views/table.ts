import { displayWidth, pad, truncate } from './text.ts';

export interface Column {
  readonly title: string;
  readonly align?: 'left' | 'right';
  /** May be cut when the table is wider than the terminal; the last such column gives way first. */
  readonly flexible?: boolean;
}

/** A cell: plain text, or text with the function that colours it after it was cut and padded. */
export type Cell = string | { readonly text: string; readonly style: (text: string) => string };

export interface TableOptions {
  /** Columns of the terminal; the table is not cut when it is absent. */
  readonly width?: number | undefined;
  /** Colours the titles. */
  readonly header?: (text: string) => string;
  readonly indent?: string;
}

const GAP = '  ';
const NARROWEST = 8;

/** Aligned columns with their titles; cells are plain, already escaped text. Without rows only the titles. */
export function renderTable(
  columns: readonly Column[],
  rows: readonly (readonly Cell[])[],
  options: TableOptions = {},
): string[] {
  const indent = options.indent ?? '';
  const widths = fitWidths(
    columns,
    naturalWidths(columns, rows),
    options.width === undefined ? Infinity : options.width - indent.length,
  );
  const line = (cells: readonly Cell[]) =>
    (
      indent + columns.map((column, index) => cell(cells[index] ?? '', widths[index]!, column)).join(GAP)
    ).trimEnd();
  const header = options.header ?? ((text: string) => text);
  return [line(columns.map(({ title }) => ({ text: title, style: header }))), ...rows.map(line)];
}

function naturalWidths(columns: readonly Column[], rows: readonly (readonly Cell[])[]): number[] {
  return columns.map(({ title }, index) =>
    rows.reduce((width, row) => Math.max(width, displayWidth(textOf(row[index] ?? ''))), displayWidth(title)),
  );
}

/** Narrows flexible columns, the last first, until the row fits or none can give any more. */
function fitWidths(columns: readonly Column[], natural: readonly number[], available: number): number[] {
  const widths = [...natural];
  let excess = widths.reduce((sum, width) => sum + width, 0) + GAP.length * (columns.length - 1) - available;
  for (let index = columns.length - 1; index >= 0 && excess > 0; index--) {
    if (columns[index]!.flexible !== true) continue;
    const given = Math.max(0, Math.min(excess, widths[index]! - NARROWEST));
    widths[index]! -= given;
    excess -= given;
  }
  return widths;
}

function cell(value: Cell, width: number, column: Column): string {
  const text = pad(truncate(textOf(value), width), width, column.align);
  return typeof value === 'string' || value.text === '' ? text : value.style(text);
}

function textOf(value: Cell): string {
  return typeof value === 'string' ? value : value.text;
}
