import { isCallsheetError } from '../diagnostics/errors.ts';
import type { Plan } from '../plan/plan.ts';
import type { RunRecord } from '../records/run-record.ts';
import { traced } from '../runtime/tracing.ts';
import { applyPlan } from '../usecases/apply-plan.ts';
import { underRun } from '../usecases/run-log.ts';
import type { Workspace } from '../workspace.ts';
import type { Decision } from './gates.ts';
import { keepPart, removeUnused } from './proposals.ts';
import type { TallyBook } from './tally-book.ts';
import type { Term } from './term.ts';

/** A part of a plan as a plan of its own, and the run that carried it out. */
export interface PartRun {
  readonly part: Plan;
  readonly run: RunRecord;
}

/** Where the controller begins runs, one at a time; meanwhile nobody looks at their actors. */
export class Runner {
  private readonly term: Term;
  private readonly tally: TallyBook;
  private readonly onBegin: () => void;
  private running: AbortController | undefined;

  /** @param onBegin told when the actors of a run are being worked on. */
  constructor(term: Term, tally: TallyBook, onBegin: () => void) {
    this.term = term;
    this.tally = tally;
    this.onBegin = onBegin;
  }

  get isRunning(): boolean {
    return this.running !== undefined;
  }

  /** Nothing more of the run is begun. */
  stop(why: string): void {
    this.running?.abort(new DOMException(why, 'AbortError'));
  }

  /**
   * Applies as much of a plan as was decided, and enters it into the day's tally.
   *
   * @param wave of its rollout, the first being 1.
   * @throws CallsheetError as `applyPlan`, when the run could not begin.
   */
  async run(
    workspace: Workspace,
    plan: Plan,
    { actors, lifted }: Extract<Decision, { go: true }>,
    wave: number,
    signal: AbortSignal,
  ): Promise<PartRun> {
    const { emit, busy, board, shared } = this.term;
    const { revision } = plan.source;
    this.running = new AbortController();
    const stop = AbortSignal.any([signal, this.running.signal]);
    const part = await keepPart(workspace, plan, actors, signal);
    for (const actor of actors) busy.add(actor);
    this.onBegin();
    // Where there are replicas, all of them do the work of a run.
    const hands = shared === undefined ? {} : { hands: shared.hands };
    try {
      this.term.assertLeads();
      const run = await underRun(workspace, async (id) => {
        await this.tally.begin(workspace, id, part, lifted);
        const of = part === plan ? {} : { of: plan.id };
        emit({ type: 'run-started', run: id, plan: part.id, ...of, revision, actors: actors.length, wave });
        const about = { 'callsheet.run': id, 'callsheet.plan': part.id, 'callsheet.actors': actors.length };
        try {
          return await traced('apply', about, () => applyPlan(workspace, part, { lifted, ...hands }, stop));
        } catch (error) {
          // Another apply is at work: this one has not begun.
          if (isCallsheetError(error, 'lease-held')) await this.tally.withdraw(workspace, id);
          throw error;
        }
      });
      board.setTried(actors);
      await this.tally.end(workspace, run);
      return { part, run };
    } catch (error) {
      // There is a new part when the other apply is done.
      if (part !== plan && isCallsheetError(error, 'lease-held')) await removeUnused(workspace, part.id);
      throw error;
    } finally {
      for (const actor of actors) busy.delete(actor);
      this.running = undefined;
    }
  }
}
