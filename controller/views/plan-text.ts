import type { ActorPlan, ActorPlanStatus, GuardResult, Plan } from '../plan/plan.ts';
import { escapeText } from './escape.ts';
import { trouble } from './plan-analysis.ts';
import { baseEffectText } from './plan-base.ts';
import { planSummaryLine } from './plan-outcome.ts';
import { ACTION_KINDS } from './plan-symbols.ts';
import { type PlanTextOptions, renderActorText } from './plan-text-actor.ts';
import { countOf, displayWidth, pad, truncate, wrapText } from './text.ts';

/** With so few actors all of them are shown, balanced or not: somebody has asked for them. */
const FEW = 5;
/** Actors of one status that are named one by one before the rest is counted. */
const NAMED = 20;

/** A plan for a terminal. See {@link planTextBlocks}. */
export function renderPlanText(plan: Plan, options: PlanTextOptions): string {
  return [...planTextBlocks(plan, options)].join('\n');
}

/**
 * A plan for a terminal, block by block: the summary first and last, between them the actors that change, those that are not in order, and
 * the guards. Balanced actors are counted, not listed, unless there are few of them or `verbose`. Every block ends with a line feed;
 * write an empty line between two.
 */
export function* planTextBlocks(plan: Plan, options: PlanTextOptions): Iterable<string> {
  const all = options.verbose === true || plan.actors.length <= FEW;
  yield header(plan, options);
  if (plan.actors.some(({ actions }) => actions.length > 0)) yield legend(options);
  for (const actor of plan.actors) {
    if (all || actor.actions.length > 0) yield renderActorText(actor, options);
  }
  yield* attention(plan, options);
  if (plan.guards.length > 0) yield guardLines(plan.guards, options);
  yield summary(plan, options);
}

function header(plan: Plan, { palette, width }: PlanTextOptions): string {
  const { source, selection } = plan;
  const revision = `${escapeText(source.revision)}${source.dirty === true ? ' with uncommitted changes' : ''}`;
  const part = [
    ...(selection.actors === undefined ? [] : [`actors ${selection.actors.join(', ')}`]),
    ...(selection.types === undefined ? [] : [`types ${selection.types.join(', ')}`]),
  ];
  const lines = [
    palette.bold(planSummaryLine(plan)),
    palette.dim(truncate(`Plan ${escapeText(plan.id)} of specs ${revision}`, width)),
    ...(plan.base === undefined
      ? []
      : [palette.dim(truncate(`Against ${escapeText(plan.base.revision)}: ${baseEffectText(plan)}`, width))]),
    ...(part.length === 0
      ? []
      : [palette.dim(truncate(`A part of the library only: ${escapeText(part.join('; '))}`, width))]),
    ...(selection.refresh
      ? []
      : [palette.yellow('Made without paid calls: images that nobody has evaluated yet are unknown.')]),
  ];
  return `${lines.join('\n')}\n`;
}

function legend({ palette }: PlanTextOptions): string {
  return `${ACTION_KINDS.map(({ symbol, verb, colour }) => `${palette[colour](symbol)} ${verb}`).join('   ')}\n`;
}

const ATTENTION: readonly { readonly status: ActorPlanStatus; readonly title: string }[] = [
  { status: 'error', title: 'Could not be planned' },
  { status: 'incomplete', title: 'Not all images are known' },
  { status: 'unreachable', title: 'Target out of reach' },
  { status: 'suspended', title: 'Suspended: planned, but not applied' },
  { status: 'unmanaged', title: 'No distribution matches: left alone' },
];

/** Names every actor that is not in order, so that nobody takes silence for health. */
function* attention(plan: Plan, options: PlanTextOptions): Iterable<string> {
  for (const { status, title } of ATTENTION) {
    const actors = plan.actors.filter((actor) => actor.status === status);
    if (actors.length === 0) continue;
    const shown = options.verbose === true ? actors : actors.slice(0, NAMED);
    const rest = actors.length - shown.length;
    const heading = options.palette.yellow(
      options.palette.bold(`${title} (${countOf(actors.length, 'actor')}):`),
    );
    const more = rest === 0 ? [] : [`  and ${countOf(rest, 'more actor')}; --verbose names them all`];
    yield `${[heading, ...attentionLines(shown, options), ...more].join('\n')}\n`;
  }
}

function attentionLines(actors: readonly ActorPlan[], { width }: PlanTextOptions): string[] {
  const names = actors.map(({ actor }) => truncate(escapeText(actor), Math.floor(width / 3)));
  const indent = 4 + Math.max(...names.map(displayWidth));
  return actors.flatMap((actor, index) => {
    const [first = '', ...others] = wrapText(escapeText(trouble(actor)), Math.max(20, width - indent));
    return [pad(`  ${names[index]!}`, indent) + first, ...others.map((line) => ' '.repeat(indent) + line)];
  });
}

function guardLines(guards: readonly GuardResult[], { palette, width }: PlanTextOptions): string {
  const styles = { pass: palette.green, warn: palette.yellow, deny: palette.red } as const;
  const widest = Math.max(...guards.map(({ name }) => displayWidth(escapeText(name))));
  const indent = 10 + widest;
  const lines = guards.flatMap(({ name, result, message }) => {
    // Wrapped, not cut: what a guard says ends with the bound that it holds the plan to.
    const [first = '', ...others] = wrapText(escapeText(message), Math.max(20, width - indent));
    const head = `  ${styles[result](pad(result, 4))}  ${pad(escapeText(name), widest)}  `;
    return [head + first, ...others.map((line) => ' '.repeat(indent) + line)];
  });
  return `${[palette.bold('Guards:'), ...lines].join('\n')}\n`;
}

function summary(plan: Plan, { palette, width }: PlanTextOptions): string {
  const denied = plan.guards.filter(({ result }) => result === 'deny').map(({ name }) => escapeText(name));
  const lift = denied.includes('price')
    ? ['It cannot be applied.']
    : [
        `A person can lift ${denied.length === 1 ? 'it' : 'each'} for this plan, with the reason in place of WHY:`,
        `  callsheet approve ${escapeText(plan.id)} --guard ${denied.length === 1 ? denied[0] : 'NAME'} --reason WHY`,
      ];
  const refusal =
    denied.length === 1
      ? `A guard denies this plan: ${denied[0]}.`
      : `Guards deny this plan: ${denied.join(', ')}.`;
  const lines = denied.length === 0 ? [] : [...wrapText(refusal, width), ...lift].map(palette.red);
  return `${[...lines, palette.bold(planSummaryLine(plan))].join('\n')}\n`;
}
