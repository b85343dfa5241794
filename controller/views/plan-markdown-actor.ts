import type { Action, ActorPlan } from '../plan/plan.ts';
import { escapeText } from './escape.ts';
import { codeOf, escapeMarkdown } from './escape-markdown.ts';
import { analysisOf } from './plan-analysis.ts';
import { costText } from './plan-outcome.ts';
import { ACTION_KINDS, imageName, reasonText } from './plan-symbols.ts';
import { truncate } from './text.ts';

/** Columns of a line in the list of actions. */
const LINE = 140;
/** What a code block in the language `diff` is coloured by: red, green, orange. */
const MARKS = { delete: '-', generate: '+', restore: '!', adopt: '!', forget: '!' } as const;

/** One actor, folded: what changes in a line; opened, why, the counts, and every action by name. */
export function renderActorMarkdown(actor: ActorPlan): string {
  const { total, categories, actions } = actor;
  const name = actor.name === undefined ? '' : ` ${escapeMarkdown(truncate(actor.name, 60))}`;
  const counts = ACTION_KINDS.map(({ kind, verb }) => ({
    verb,
    count: actions.filter((action) => action.kind === kind).length,
  }))
    .filter(({ count }) => count > 0)
    .map(({ verb, count }) => `${count} to ${verb}`);
  const cost = actor.cost.maximumUsd > 0 || !actor.cost.known ? `, ${costText(actor.cost)}` : '';
  const aside = actor.status === 'changes' ? '' : ` (${actor.status})`;
  return [
    '<details>',
    `<summary>${codeOf(truncate(actor.actor, 60))}${name}: <b>${counts.join(', ')}</b>, ${total.before} → ${total.after} images${cost}${aside}</summary>`,
    '',
    escapeMarkdown(truncate(analysisOf(actor), 600)),
    '',
    '| Category | Before | After | Target |',
    '| --- | --: | --: | --: |',
    ...categories.map(
      ({ title, category, before, after, target }) =>
        `| ${escapeMarkdown(truncate(title || category, 60))} | ${before} | ${after} | ${target} |`,
    ),
    '',
    '```diff',
    ...ACTION_KINDS.flatMap(({ kind }) => actions.filter((action) => action.kind === kind).map(actionLine)),
    '```',
    '</details>',
  ].join('\n');
}

/** Starts with a mark, so that nothing in it can close the code block. */
function actionLine(action: Action): string {
  return truncate(`${MARKS[action.kind]} ${escapeText(actionText(action))}`, LINE);
}

function actionText(action: Action): string {
  if (action.kind === 'generate') {
    const { promptNumber, prompt } = action.attempts[0]!;
    return `generate ${action.category}, prompt ${promptNumber}: ${prompt}`;
  }
  if (action.kind === 'forget') return `forget ${imageName(action.image)}: ${reasonText(action)}`;
  const number = action.kind === 'delete' && action.number > 0 ? `#${action.number} ` : '';
  return `${action.kind} ${number}${imageName(action.image)} (${action.category}, quality ${action.quality}): ${reasonText(action)}`;
}
