import type { Plan } from '../plan/plan.ts';
import type { RunRecord } from '../records/run-record.ts';
import { changeDocument } from '../state-backend/change-document.ts';
import type { Workspace } from '../workspace.ts';
import type { UntimedEvent } from './controller-ports.ts';
import { beginRollout, continueRollout, keepWord, type Rollout, recordWave, rolloutPath } from './rollout.ts';
import { addToTally, alreadyDone, EMPTY_TALLY, TALLY_PATH, type Tally, tallyEasesMs } from './tally.ts';
import type { Term } from './term.ts';

/** What is kept in state of the runs of a revision: how far its rollout is, and what the runs of a day add up to. */
export class RolloutBook {
  private readonly emit: (event: UntimedEvent) => void;
  private readonly assertLeads: () => void;
  private tally: Tally = EMPTY_TALLY;
  private rollout: Rollout | undefined;

  constructor({ emit, assertLeads }: Pick<Term, 'emit' | 'assertLeads'>) {
    this.emit = emit;
    this.assertLeads = assertLeads;
  }

  /** As it was last read or written. */
  get current(): Rollout | undefined {
    return this.rollout;
  }

  /**
   * Takes up what an earlier controller has written.
   *
   * @param revision of the rollout that it had last.
   */
  async load(
    workspace: Workspace,
    revision: string | undefined,
    signal?: AbortSignal,
  ): Promise<Rollout | undefined> {
    this.tally = (await workspace.state.read<Tally>(TALLY_PATH, signal))?.value ?? EMPTY_TALLY;
    if (revision !== undefined) this.rollout = await readRollout(workspace, revision, signal);
    this.rollout = await this.find(workspace, signal);
    return this.rollout;
  }

  /** What the runs of the last day have done already: guards count it in. */
  already(nowMs: number): ReturnType<typeof alreadyDone> {
    return alreadyDone(this.tally, nowMs);
  }

  /** When the day's sum grows smaller; see `tallyEasesMs`. */
  easesMs(nowMs: number): number | undefined {
    return tallyEasesMs(this.tally, nowMs);
  }

  /** The rollout that this plan is a part of; a person may have changed it meanwhile. A new one is written, so that a person can give it up. */
  async open(workspace: Workspace, plan: Plan, actors: number, signal: AbortSignal): Promise<Rollout> {
    const found = await this.find(workspace, signal);
    if (found !== undefined) {
      this.rollout = continueRollout(found, plan.id, actors);
      return this.rollout;
    }
    const begun = beginRollout(workspace.source, plan.id, actors);
    this.assertLeads();
    await workspace.state.write(rolloutPath(begun.revision), begun, undefined, signal);
    this.rollout = begun;
    return begun;
  }

  /** Whether somebody has given up the rollout at hand. */
  async isAbandoned(workspace: Workspace, signal: AbortSignal): Promise<boolean> {
    if (this.rollout === undefined) return false;
    return (await readRollout(workspace, this.rollout.revision, signal))?.state === 'abandoned';
  }

  /** Books a run. */
  async enter(
    { state, settings, clock }: Workspace,
    run: RunRecord,
    lifted: readonly string[],
    rollout: Rollout,
  ): Promise<void> {
    const nowMs = clock.now();
    this.tally = addToTally(this.tally, run, lifted, nowMs);
    this.assertLeads();
    await state.write(TALLY_PATH, this.tally);
    const booked = recordWave(rollout, run, settings.rollout, new Date(nowMs).toISOString());
    this.assertLeads();
    const next = await changeDocument<Rollout>(state, rolloutPath(booked.revision), rollout, (stored) =>
      keepWord(booked, stored),
    );
    this.rollout = next;
    const { revision, state: phase, message, attempted, total } = next;
    this.emit({ type: 'rollout', revision, state: phase, message, done: attempted.length, total });
  }

  /** A revision that means the same as the one before goes on with its rollout: from then on it is its own. */
  private async find(workspace: Workspace, signal?: AbortSignal): Promise<Rollout | undefined> {
    const { state, source } = workspace;
    const stored = await readRollout(workspace, source.revision, signal);
    const before = this.rollout;
    if (stored !== undefined || before?.generation !== source.specDigest) return stored;
    const taken = { ...before, revision: source.revision };
    this.assertLeads();
    await state.write(rolloutPath(source.revision), taken, undefined, signal);
    return taken;
  }
}

async function readRollout(
  { state }: Workspace,
  revision: string,
  signal?: AbortSignal,
): Promise<Rollout | undefined> {
  return (await state.read<Rollout>(rolloutPath(revision), signal))?.value;
}
