import { escapeText } from './escape.ts';
import { countOf, formatTime } from './text.ts';

/** Stale actors that are listed by name. */
const NAMED = 50;

/** What has become of a plan since it was made. */
export interface PlanStanding {
  /** Its apply, which used it up. */
  readonly used?: { readonly run: string; readonly at: string; readonly by: string };
  /** A plan that was made later. */
  readonly supersededBy?: string;
  /** The specs mean something else now. */
  readonly specsChanged: boolean;
  /** Actors that are no longer what the plan saw; absent when nobody has looked. */
  readonly stale?: readonly string[];
  readonly approvals: readonly {
    readonly by: string;
    readonly at: string;
    readonly guards: readonly string[];
    readonly reason?: string;
  }[];
}

/** Sentences on what can still be done with a plan; empty when there is nothing to say. Safe to print. */
export function renderStanding({ used, supersededBy, specsChanged, stale, approvals }: PlanStanding): string {
  const lines = approvals.map(({ by, at, guards, reason }) => {
    const lifted = guards.length === 0 ? '' : `, lifting ${guards.map(escapeText).join(', ')}`;
    return `Approved by ${escapeText(by)} at ${formatTime(at)} UTC${lifted}${reason === undefined ? '' : `: ${escapeText(reason)}`}.`;
  });
  if (used !== undefined) {
    lines.push(
      `Used up: applied by ${escapeText(used.by)} at ${formatTime(used.at)} UTC in run ${escapeText(used.run)}. It cannot be applied again.`,
    );
    return lines.join('\n');
  }
  if (specsChanged) {
    lines.push(
      'Out of date: the specs mean something else by now. Make a new plan, unless this one is wanted all the same.',
    );
  }
  if (supersededBy !== undefined) {
    lines.push(
      `Superseded: a newer plan was made, ${escapeText(supersededBy)}. Of this one, an apply skips the actors that have changed since.`,
    );
  }
  if (stale !== undefined) lines.push(staleLine(stale));
  return lines.join('\n');
}

function staleLine(stale: readonly string[]): string {
  if (stale.length === 0) return 'Every actor is still what the plan saw.';
  const named = stale.slice(0, NAMED).map(escapeText).join(', ');
  const more = stale.length > NAMED ? `, and ${stale.length - NAMED} more` : '';
  return `Stale: ${countOf(stale.length, 'actor')} changed since, and an apply skips them: ${named}${more}.`;
}
