import type { Readiness } from './controller-ports.ts';
import type { SourceProblem } from './spec-feed.ts';

export interface Standing {
  readonly problem: SourceProblem | undefined;
  /** Specs are in force. */
  readonly isOpen: boolean;
  readonly isLeading: boolean;
  /** Does its part of the work although another leads. */
  readonly works: boolean;
}

/** Whether a controller does what it is there for, and in what respect it is limping. */
export function readinessOf({ problem, isOpen, isLeading, works }: Standing): Readiness {
  const reasons: Readiness['reasons'][number][] = [];
  if (problem !== undefined) reasons.push({ code: problem.reason, message: problem.message });
  if (!isOpen) {
    if (reasons.length === 0)
      reasons.push({ code: 'Starting', message: 'The specs have not been loaded yet.' });
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
