import { bar, scaledBar } from './bar.ts';
import { escapeText } from './escape.ts';
import type { Palette } from './palette.ts';
import type { LibraryStats, TypeStats } from './stats.ts';
import { type Cell, renderTable } from './table.ts';
import { countOf, formatNumber, formatPercent, pad } from './text.ts';

export interface ViewOptions {
  readonly palette: Palette;
  /** Columns of the terminal. */
  readonly width: number;
}

/** The width that people know this page in; a narrower terminal gets less. */
const PAGE = 70;
/** Columns of a bar that stands for all images of a type. */
const MIX_BAR = 20;

/** Figures over the library: the page that `show_stats.py` printed, and the mix by type below it. */
export function renderStats(stats: LibraryStats, options: ViewOptions): string {
  const page = { ...options, width: Math.min(PAGE, options.width) };
  const sections = [
    title(page),
    [`Found ${countOf(stats.actors, 'actor')} with training data`],
    section('SUMMARY', summary(stats), page),
    section('DISTRIBUTION', histogram(stats, page), page),
    section('TYPES', types(stats, page), page),
    section(
      'CATEGORIES',
      stats.types.flatMap((type, index) => [...(index > 0 ? [''] : []), ...categories(type, page)]),
      page,
    ),
    section('PROBLEMS', problems(stats), page),
    unevaluated(stats, page),
  ];
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

function title({ palette, width }: ViewOptions): string[] {
  const rule = '='.repeat(width);
  return [rule, palette.bold('TRAINING DATA STATISTICS'), rule];
}

/** Sections without lines are left out. */
function section(name: string, lines: readonly string[], { palette, width }: ViewOptions): string[] {
  return lines.length === 0 ? [] : [palette.bold(name), palette.dim('-'.repeat(width)), ...lines];
}

function summary(stats: LibraryStats): string[] {
  const { actors, commonTarget } = stats;
  const share = (count: number) => `${countOf(count, 'actor')} (${formatPercent(count, actors)})`;
  const targets = new Set(stats.types.map(({ target }) => target).filter((target) => target !== undefined));
  const target =
    commonTarget === undefined
      ? 'no distribution matches any actor'
      : `${countOf(commonTarget, 'image')} per actor${targets.size > 1 ? ' (most actors; it differs by type)' : ''}`;
  return [
    `Total actors:        ${formatNumber(actors)}`,
    `Total images:        ${formatNumber(stats.images)}`,
    `Average per actor:   ${formatNumber(stats.average, 1)}`,
    '',
    `Target count:        ${target}`,
    `  Exactly target:    ${share(stats.exactly)}`,
    `  Under target:      ${share(stats.under)}`,
    `  Over target:       ${share(stats.over)}`,
    ...(stats.unmanaged > 0 ? [`  Without a target:  ${share(stats.unmanaged)}`] : []),
  ];
}

function histogram({ histogram: rows }: LibraryStats, { palette, width }: ViewOptions): string[] {
  const most = rows.reduce((maximum, { actors }) => Math.max(maximum, actors), 0);
  const digits = Math.max(3, ...rows.map(({ images }) => formatNumber(images).length));
  const room = width - digits - ' images:  ( actors) <- TARGET'.length - formatNumber(most).length;
  return rows.map(({ images, actors, isTarget }) => {
    const count = `${pad(formatNumber(images), digits, 'right')} ${images === 1 ? 'image: ' : 'images:'}`;
    const drawn = bar(actors, most, Math.max(10, room));
    return `${count} ${isTarget ? palette.green(drawn) : palette.cyan(drawn)} (${countOf(actors, 'actor')})${isTarget ? ' <- TARGET' : ''}`;
  });
}

function types({ types: rows }: LibraryStats, { palette, width }: ViewOptions): string[] {
  if (rows.length === 0) return [];
  const cells = rows.map((type): Cell[] => [
    nameOf(type),
    formatNumber(type.actors),
    formatNumber(type.images),
    type.target === undefined ? '-' : formatNumber(type.target),
    type.target === undefined ? '-' : balancedCell(type, palette),
    type.distribution === undefined ? { text: 'none', style: palette.yellow } : escapeText(type.distribution),
  ]);
  return renderTable(
    [
      { title: 'Type', flexible: true },
      { title: 'Actors', align: 'right' },
      { title: 'Images', align: 'right' },
      { title: 'Target', align: 'right' },
      { title: 'Balanced', align: 'right' },
      { title: 'Distribution', flexible: true },
    ],
    cells,
    { width, header: palette.dim },
  );
}

function balancedCell(type: TypeStats, palette: Palette): Cell {
  const text = `${formatNumber(type.balanced)} (${formatPercent(type.balanced, type.actors)})`;
  return { text, style: type.balanced === type.actors ? palette.green : palette.yellow };
}

/** Current and target mix of one type, as people read them: `Photorealistic  15 (68.2%)  target 13 (65.0%)`. */
function categories(type: TypeStats, { palette, width }: ViewOptions): string[] {
  const targets = type.categories.reduce((sum, { target }) => sum + target, 0);
  const rows = type.categories.map(({ title: name, images, target }): Cell[] => [
    escapeText(name),
    `${formatNumber(images)} (${formatPercent(images, type.images)})`,
    targets === 0 ? '-' : `${formatNumber(target)} (${formatPercent(target, targets)})`,
    { text: scaledBar(images, type.images, MIX_BAR), style: palette.cyan },
  ]);
  if (type.unknown > 0) {
    const text = `${formatNumber(type.unknown)} (${formatPercent(type.unknown, type.images)})`;
    rows.push([{ text: 'Unknown', style: palette.yellow }, text, '-', '']);
  }
  return renderTable(
    [
      { title: nameOf(type), flexible: true },
      { title: 'Images', align: 'right' },
      { title: 'Target', align: 'right' },
      { title: '' },
    ],
    rows,
    { width, header: palette.dim },
  );
}

function nameOf({ type }: TypeStats): string {
  return type === '' ? '(no type)' : escapeText(type);
}

/** Images whose category is missing above only because nobody has looked at them yet. */
function unevaluated({ problems: byCode }: LibraryStats, { palette }: ViewOptions): string[] {
  const count = byCode['not-evaluated'] ?? 0;
  if (count === 0) return [];
  return [
    `${countOf(count, 'image has', 'images have')} not been evaluated yet: run ${palette.bold('callsheet evaluate')} or ${palette.bold('callsheet plan')}.`,
  ];
}

function problems({ problems: byCode }: LibraryStats): string[] {
  const entries = Object.entries(byCode).filter(([, count]) => count > 0);
  const width = Math.max(...entries.map(([code]) => code.length), 0);
  return entries
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([code, count]) => `${pad(escapeText(code), width)}  ${formatNumber(count)}`);
}
