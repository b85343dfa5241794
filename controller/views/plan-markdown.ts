import type {
  ActorPlan,
  ActorPlanStatus,
  CategoryCounts,
  GuardResult,
  Plan,
  TypeSummary,
} from '../plan/plan.ts';
import { pendingActions } from '../plan/plan.ts';
import { scaledBar } from './bar.ts';
import { codeOf, escapeMarkdown } from './escape-markdown.ts';
import { fitLines } from './fit-lines.ts';
import { trouble } from './plan-analysis.ts';
import { actorsWithEffect, baseEffectText } from './plan-base.ts';
import { renderActorMarkdown } from './plan-markdown-actor.ts';
import { costText, planSummaryLine } from './plan-outcome.ts';
import { countOf, truncate } from './text.ts';

export interface PlanMarkdownOptions {
  /** Tells the comment from others, so that it is found and updated in place. */
  readonly key: string;
  /** Where all of the plan is to be found, as Markdown. Trusted. */
  readonly whole: string;
  /** Characters at most. */
  readonly limit?: number;
}

/** What GitHub takes in one comment. */
const COMMENT_LIMIT = 65_536;
/** Columns of a bar. */
const BAR = 12;
/** Characters of one message; the whole of it is in the plan. */
const MESSAGE = 300;

/** The comment's first line: invisible, and by which it is found again. */
export function planMarker(key: string): string {
  return `<!-- callsheet-plan:${key.replace(/[^A-Za-z0-9._/-]+/g, '-').replace(/-{2,}/g, '-')} -->`;
}

/**
 * A plan as a comment on a pull request: summary, cost and guards first, then what is not in order, the mix by type, and the actors that
 * change, folded. Never longer than the limit: what is cut is said, and where the whole is; summary and guards are never cut.
 */
export function renderPlanMarkdown(plan: Plan, options: PlanMarkdownOptions): string {
  const limit = options.limit ?? COMMENT_LIMIT;
  const head = [planMarker(options.key), ...summaryLines(plan), ...guardLines(plan.guards, limit / 8)];
  const foot = [
    '',
    `<sub>${countOf(plan.actors.length, 'actor')} in plan ${codeOf(truncate(plan.id, 128))}. All of it: ${options.whole}.</sub>`,
    '',
  ];
  const room = limit - sizeOf(head) - sizeOf(foot);
  const trouble = attentionLines(plan, room / 3, options);
  const types = typeLines(plan.types, room / 4, options);
  const actors = actorLines(plan, room - sizeOf(trouble) - sizeOf(types), options);
  return [...head, ...trouble, ...types, ...actors, ...foot].join('\n');
}

function summaryLines(plan: Plan): string[] {
  const { source, summary, selection } = plan;
  const statuses = Object.entries(summary.byStatus).filter(([, count]) => count > 0);
  const dirty = source.dirty === true ? ' with uncommitted changes' : '';
  const part = selection.actors !== undefined || selection.types !== undefined;
  return [
    '## Callsheet plan',
    '',
    `**${escapeMarkdown(planSummaryLine(plan))}**`,
    '',
    '| | |',
    '| --- | --- |',
    `| Cost | ${escapeMarkdown(costText(summary.cost))} |`,
    `| Actors | ${summary.actors}${statuses.length === 0 ? '' : `: ${statuses.map(([status, count]) => `${count} ${status}`).join(', ')}`} |`,
    `| Images | ${summary.images} |`,
    `| Specs | ${codeOf(truncate(source.revision, 120))}${dirty} |`,
    ...baseRows(plan),
    ...(part ? ['| Scope | a part of the library only |'] : []),
    ...(selection.refresh ? [] : ['| Paid calls | none: images that nobody has evaluated yet are unknown |']),
  ];
}

function baseRows(plan: Plan): string[] {
  if (plan.base === undefined) return [];
  return [`| Against | ${codeOf(truncate(plan.base.revision, 120))}: ${baseEffectText(plan)} |`];
}

const GUARD_SIGNS = { pass: '✅', warn: '⚠️', deny: '⛔' } as const;

function guardLines(guards: readonly GuardResult[], room: number): string[] {
  if (guards.length === 0) return [];
  const worstFirst = (['deny', 'warn', 'pass'] as const).flatMap((result) =>
    guards.filter((guard) => guard.result === result),
  );
  const row = ({ name, result, message }: GuardResult) =>
    `| ${GUARD_SIGNS[result]} ${result} | ${escapeMarkdown(truncate(name, 60))} | ${escapeMarkdown(truncate(message, MESSAGE))} |`;
  const rows = fitLines(worstFirst, row, room, (left) => `| | | and ${left} more |`);
  return ['', '### Guards', '', '| | Guard | Finding |', '| --- | --- | --- |', ...rows];
}

const ATTENTION: readonly ActorPlanStatus[] = [
  'error',
  'incomplete',
  'unreachable',
  'suspended',
  'unmanaged',
];

function attentionLines({ actors }: Plan, room: number, { whole }: PlanMarkdownOptions): string[] {
  const troubled = ATTENTION.flatMap((status) => actors.filter((actor) => actor.status === status));
  if (troubled.length === 0) return [];
  const line = (actor: ActorPlan) =>
    `- **${actor.status}** ${codeOf(truncate(actor.actor, 60))} ${escapeMarkdown(truncate(trouble(actor), MESSAGE))}`;
  const head = ['', '### Not in order', ''];
  return [
    ...head,
    ...fitLines(
      troubled,
      line,
      room - sizeOf(head),
      (left) => `- and ${countOf(left, 'more actor')}: see ${whole}`,
    ),
  ];
}

function typeLines(types: readonly TypeSummary[], room: number, { whole }: PlanMarkdownOptions): string[] {
  const rows = types.flatMap((type) =>
    type.categories.map((counts, index) => ({ type, counts, first: index === 0 })),
  );
  if (rows.length === 0) return [];
  const head = [
    '',
    '### By actor type',
    '',
    '| Type | Category | Before | | After | | Target |',
    '| --- | --- | --: | --- | --: | --- | --: |',
  ];
  return [
    ...head,
    ...fitLines(
      rows,
      typeRow,
      room - sizeOf(head),
      (left) => `| and ${countOf(left, 'more row')}: see ${whole} |`,
    ),
  ];
}

interface TypeRow {
  readonly type: TypeSummary;
  readonly counts: CategoryCounts;
  readonly first: boolean;
}

function typeRow({ type, counts: { title, category, before, after, target }, first }: TypeRow): string {
  const most = Math.max(1, ...type.categories.flatMap((counts) => [counts.before, counts.after]));
  const name = first
    ? `${codeOf(truncate(type.type, 60))} ${type.changed} of ${countOf(type.actors, 'actor')} change`
    : '';
  const bar = (count: number) => scaledBar(count, most, BAR);
  return `| ${name} | ${escapeMarkdown(truncate(title || category, 60))} | ${before} | ${bar(before)} | ${after} | ${bar(after)} | ${target} |`;
}

/** Actors that change, those that lose most first; drift apart. */
function actorLines(plan: Plan, room: number, { whole }: PlanMarkdownOptions): string[] {
  const changed = plan.actors
    .filter((actor) => pendingActions(actor).length > 0)
    .map((actor) => ({ actor, deletes: deletesOf(actor) }))
    .sort((a, b) => b.deletes - a.deletes || b.actor.cost.estimateUsd - a.actor.cost.estimateUsd)
    .map(({ actor }) => actor);
  const drift = new Set(actorsWithEffect(plan, 'drift'));
  const { own = [], old = [] } = Object.groupBy(changed, ({ actor }) => (drift.has(actor) ? 'old' : 'own'));
  const first = section('### Actors that change', '', own, room, whole);
  const left = room - sizeOf(first);
  const heading = '### Drift: out of balance before this change';
  return [
    ...first,
    ...section(
      heading,
      'Merging this changes nothing about them; the next apply puts them right.',
      old,
      left,
      whole,
    ),
  ];
}

function section(
  heading: string,
  intro: string,
  actors: readonly ActorPlan[],
  room: number,
  whole: string,
): string[] {
  if (actors.length === 0) return [];
  const head = ['', heading, '', ...(intro === '' ? [] : [intro, ''])];
  const more = (left: number) =>
    `\n**${countOf(left, 'more actor')} not shown here:** cut to fit into one comment. See ${whole}.`;
  return [...head, ...fitLines(actors, renderActorMarkdown, room - sizeOf(head), more)];
}

function deletesOf({ actions }: ActorPlan): number {
  return actions.filter(({ kind }) => kind === 'delete').length;
}

/** Characters of lines, each with its line feed. */
function sizeOf(lines: readonly string[]): number {
  return lines.reduce((sum, line) => sum + line.length + 1, 0);
}
