import type { Plan } from '../plan/plan.ts';
import type { RunRecord } from '../records/run-record.ts';
import { changeDocument } from '../state-backend/change-document.ts';
import type { Workspace } from '../workspace.ts';
import type { UntimedEvent } from './controller-ports.ts';
import { beginRollout, continueRollout, keepWord, type Rollout, recordWave, rolloutPath } from './rollout.ts';
import type { Term } from './term.ts';

/** Keeps in state how far the rollout of a revision is. */
export class RolloutBook {
  private readonly emit: (event: UntimedEvent) => void;
  private readonly assertLeads: () => void;
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
    if (revision !== undefined) this.rollout = await readRollout(workspace, revision, signal);
    this.rollout = await this.find(workspace, signal);
    return this.rollout;
  }

  /** The rollout that this plan is a part of; a person may have changed it meanwhile. A new one is written, so that a person can give it up. */
  async open(workspace: Workspace, plan: Plan, actors: number, signal: AbortSignal): Promise<Rollout> {
    const before = this.rollout;
    const found = await this.find(workspace, signal);
    if (found !== undefined) {
      if (before?.revision === found.revision && isSteered(before, found)) this.tell(found);
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
  async enter({ state, settings, clock }: Workspace, run: RunRecord, rollout: Rollout): Promise<void> {
    const booked = recordWave(rollout, run, settings.rollout, new Date(clock.now()).toISOString());
    this.assertLeads();
    const next = await changeDocument<Rollout>(state, rolloutPath(booked.revision), rollout, (stored) =>
      keepWord(booked, stored),
    );
    this.rollout = next;
    this.tell(next);
  }

  private tell({ revision, state, message, attempted, total, waves }: Rollout): void {
    const { unserved = 0 } = waves.at(-1) ?? {};
    this.emit({ type: 'rollout', revision, state, message, done: attempted.length, total, unserved });
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

/** Whether a person has given it up meanwhile, or has let it go on. */
function isSteered({ state: before }: Rollout, { state }: Rollout): boolean {
  return (state === 'abandoned') !== (before === 'abandoned') || (before === 'halted' && state !== 'halted');
}

async function readRollout(
  { state }: Workspace,
  revision: string,
  signal?: AbortSignal,
): Promise<Rollout | undefined> {
  return (await state.read<Rollout>(rolloutPath(revision), signal))?.value;
}
