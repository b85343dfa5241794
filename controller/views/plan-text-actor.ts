import type { Action, ActorPlan, CategoryCounts, PlanNote } from '../plan/plan.ts';
import { escapeText } from './escape.ts';
import type { Palette } from './palette.ts';
import { analysisOf } from './plan-analysis.ts';
import { ACTION_KINDS, imageName, reasonText } from './plan-symbols.ts';
import { countOf, displayWidth, formatPercent, pad, truncate, truncateMiddle, wrapText } from './text.ts';

export interface PlanTextOptions {
  readonly palette: Palette;
  /** Columns of the terminal. */
  readonly width: number;
  /** Also list the actors that nothing is done about, and every remark. */
  readonly verbose?: boolean;
}

/** Columns that are left of an image's name, however narrow the terminal. */
const SHORTEST_NAME = 12;
/** Remarks of one kind that are shown in full before the rest is counted. */
const REMARKS = 3;

/** One actor as people know it: what is there, what should be, whether that is balanced, what is done, and why. */
export function renderActorText(actor: ActorPlan, options: PlanTextOptions): string {
  const { palette } = options;
  const title = escapeText(
    [actor.name, actor.type].filter((part) => part !== undefined && part !== '').join(', '),
  );
  const name = escapeText(actor.actor);
  const sections = [
    [
      palette.bold(`Actor: ${truncate(name, options.width - 7)}`) +
        palette.dim(truncate(title === '' ? '' : ` (${title})`, options.width - 7 - displayWidth(name))),
    ],
    [`Total images: ${actor.total.before}`],
    actor.categories.length > 0 ? ['', 'Current Distribution:', ...current(actor, options)] : [],
    actor.categories.length > 0 ? ['', 'Target Distribution:', ...targets(actor, options)] : [],
    planned(actor) ? ['', `Balanced: ${balance(actor, palette)}`] : [],
    ['', 'Action Plan:', ...actionLines(actor, options)],
    analysis(actor, options),
    remarks(actor, options),
  ];
  return `${sections.flat().join('\n')}\n`;
}

function current({ categories, unknown, unreadable, total }: ActorPlan, options: PlanTextOptions): string[] {
  const lines = categories.map(({ before, ...category }) => ({
    ...category,
    count: before,
    percent: formatPercent(before, total.before),
  }));
  const others = [
    ...(unknown > 0 ? [`  ${options.palette.yellow(`Unknown: ${unknown}`)}`] : []),
    ...(unreadable > 0 ? [`  ${options.palette.yellow(`Unreadable: ${unreadable} (not counted)`)}`] : []),
  ];
  return [...countLines(lines, options), ...others];
}

function targets({ categories, total }: ActorPlan, options: PlanTextOptions): string[] {
  const percent = (count: number) => formatPercent(count, total.target).replace('.0%', '%');
  const lines = categories.map(({ target, ...category }) => ({
    ...category,
    count: target,
    percent: percent(target),
  }));
  const differs = categories.some(({ after, target }) => after !== target);
  const after = categories.map((category) => `${titleOf(category)} ${category.after}`).join(', ');
  return [
    ...countLines(lines, options),
    ...(differs ? [`  ${truncate(`After this plan: ${after}`, options.width - 2)}`] : []),
  ];
}

function countLines(
  lines: readonly (Pick<CategoryCounts, 'category' | 'title'> & {
    readonly count: number;
    readonly percent: string;
  })[],
  { width }: PlanTextOptions,
): string[] {
  const titles = lines.map((line) => `${truncate(titleOf(line), Math.max(8, width - 24))}:`);
  const widest = Math.max(...titles.map(displayWidth));
  const digits = Math.max(...lines.map(({ count }) => String(count).length));
  return lines.map(
    ({ count, percent }, index) =>
      `  ${pad(titles[index]!, widest)} ${pad(String(count), digits, 'right')} (${percent})`,
  );
}

function titleOf({ title, category }: Pick<CategoryCounts, 'title' | 'category'>): string {
  return escapeText(title === '' ? category : title);
}

/** A rollback aims at no target: there is nothing to be balanced against. */
function planned({ distribution, status }: ActorPlan): boolean {
  return distribution !== undefined || status === 'unmanaged' || status === 'error';
}

function balance({ status, actions }: ActorPlan, { green, red, yellow }: Palette): string {
  if (status === 'incomplete') return yellow('UNKNOWN');
  if (status === 'error' || status === 'unmanaged') return yellow('NO TARGET');
  if (status === 'unreachable') return red('NO (out of reach)');
  return actions.every(({ kind }) => kind === 'forget') ? green('YES') : red('NO');
}

function actionLines(actor: ActorPlan, options: PlanTextOptions): string[] {
  return ACTION_KINDS.flatMap(({ kind, verb, symbol, colour }) => {
    const actions = actor.actions.filter((action) => action.kind === kind);
    if (actions.length === 0 && kind !== 'delete' && kind !== 'generate') return [];
    const lines = actions.map((action) => `    ${symbol} ${actionText(action, options.width - 6)}`);
    return [`  Images to ${verb}: ${actions.length}`, ...lines.map((line) => options.palette[colour](line))];
  });
}

/** A long name gives way before what is said of the image: its beginning and its end tell names apart. */
function actionText(action: Action, width: number): string {
  if (action.kind === 'generate') {
    const { promptNumber, prompt } = action.attempts[0]!;
    return truncate(escapeText(`${action.category}, prompt ${promptNumber}: ${prompt}`), width);
  }
  const [lead, rest] = aroundName(action);
  const room = width - displayWidth(lead) - displayWidth(rest);
  const name = truncateMiddle(escapeText(imageName(action.image)), Math.max(SHORTEST_NAME, room));
  return truncate(`${lead}${name}${rest}`, width);
}

function aroundName(action: Exclude<Action, { kind: 'generate' }>): readonly [string, string] {
  const reason = `: ${escapeText(reasonText(action))}`;
  if (action.kind === 'forget') return ['', reason];
  const number = action.kind === 'delete' && action.number > 0 ? `#${action.number} ` : '';
  const facts = action.category === '' ? '' : ` (${escapeText(action.category)}, quality: ${action.quality})`;
  return [`Image ${number}`, `${facts}${reason}`];
}

function analysis(actor: ActorPlan, options: PlanTextOptions): string[] {
  const text = analysisOf(actor);
  return text === '' ? [] : ['', 'Analysis:', ...wrapped(text, options).map((line) => `  ${line}`)];
}

function remarks({ notes, status }: ActorPlan, options: PlanTextOptions): string[] {
  if (notes.length === 0 || status === 'error' || status === 'unmanaged') return [];
  const lines = [...Map.groupBy(notes, ({ code }) => code)].flatMap(([code, group]) =>
    remarkLines(code, group, options),
  );
  return ['', 'Remarks:', ...lines.map((line) => `  ${options.palette.yellow(line)}`)];
}

function remarkLines(code: string, group: readonly PlanNote[], options: PlanTextOptions): string[] {
  const shown = options.verbose === true ? group : group.slice(0, REMARKS);
  const rest = group.length - shown.length;
  const lines = shown.flatMap(({ message }) => wrapped(`! ${message}`, options));
  return rest === 0
    ? lines
    : [...lines, `! and ${countOf(rest, 'more remark')} of this kind (${escapeText(code)})`];
}

function wrapped(text: string, { width }: PlanTextOptions): string[] {
  return wrapText(escapeText(text), Math.max(20, width - 2)).map((line) =>
    truncate(line, Math.max(20, width - 2)),
  );
}
