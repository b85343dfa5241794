import type { CallsheetError } from '../diagnostics/errors.ts';
import type { Readiness } from './controller-ports.ts';
import type { SourceProblem } from './spec-feed.ts';

export interface Standing {
  readonly problem: SourceProblem | undefined;
  /** Specs are in force. */
  readonly isOpen: boolean;
  /** The state in use cannot be used any more, so nobody is known to lead. */
  readonly outage: CallsheetError | undefined;
  readonly isLeading: boolean;
  /** Does its part of the work although another leads. */
  readonly works: boolean;
}

/** Reasons of one that does not lead: it knows nothing by itself. */
export const NOT_LEADING: ReadonlySet<string> = new Set(['StandingBy', 'StateUnavailable']);

/** Whether a controller does what it is there for, and in what respect it is limping. */
export function readinessOf({ problem, isOpen, outage, isLeading, works }: Standing): Readiness {
  const reasons: Readiness['reasons'][number][] = [];
  if (problem !== undefined) reasons.push({ code: problem.reason, message: problem.message });
  if (!isOpen) {
    if (reasons.length === 0)
      reasons.push({ code: 'Starting', message: 'The specs have not been loaded yet.' });
    return { ready: false, reasons };
  }
  if (outage !== undefined) {
    reasons.push({ code: 'StateUnavailable', message: `The state cannot be used: ${outage.message}` });
    return { ready: false, reasons };
  }
  if (!isLeading) {
    const message = works
      ? 'Another controller leads; this one does its part of the work.'
      : 'Another controller leads, or this one is about to.';
    reasons.push({ code: 'StandingBy', message });
  }
  return { ready: true, reasons };
}
