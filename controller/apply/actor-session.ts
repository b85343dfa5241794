import { CallsheetError, isCallsheetError } from '../diagnostics/errors.ts';
import type { ActorRecord } from '../records/actor-record.ts';
import { type ReadRecord, readActorRecord, writeActorRecord } from '../records/actor-records.ts';
import { isOpen, type Journal, type JournalStep } from '../records/journal.ts';
import type { Lease } from '../state-backend/lease.ts';
import type { StateBackend } from '../state-backend/state-backend.ts';
import type { RunContext } from './applying.ts';

/**
 * Write access to one actor's record for the length of a run. Every change is a small pure function of the record, stored with
 * compare-and-swap before the next thing happens; when an observer has written in between, the function is applied to what is there
 * now. Journal and trash are written by the holder of the actor's lease alone.
 */
export class ActorSession {
  readonly actor: string;
  readonly lease: Lease;
  readonly context: RunContext;
  private readonly state: StateBackend;
  private current: ReadRecord;
  /** Writes of concurrent steps go one after the other. */
  private tail: Promise<unknown> = Promise.resolve();

  constructor(state: StateBackend, lease: Lease, context: RunContext, current: ReadRecord) {
    this.state = state;
    this.lease = lease;
    this.context = context;
    this.current = current;
    this.actor = current.record.actor;
  }

  /** @throws CallsheetError `lease-lost` when the actor belongs to somebody else by now: asked before what must not be done then. */
  readonly assertHeld = (): void => {
    this.lease.assertHeld();
  };

  get record(): ActorRecord {
    return this.current.record;
  }

  get journal(): Journal | undefined {
    return this.current.record.journal;
  }

  /** Takes over what an observation has stored. */
  adopt(read: ReadRecord): void {
    this.current = read;
  }

  /** Stores `change(record)`. @throws CallsheetError `lease-lost` when the actor belongs to somebody else by now. */
  save(change: (record: ActorRecord) => ActorRecord): Promise<void> {
    const write = this.tail.then(() => this.write(change));
    this.tail = write.catch(() => {});
    return write;
  }

  /** Stores a step of the journal, in place of the same action's earlier stage, together with `change`. */
  saveStep(
    step: JournalStep,
    change: (record: ActorRecord) => ActorRecord = (record) => record,
  ): Promise<void> {
    return this.save((record) => withStep(change(record), step, this.context, this.lease.token));
  }

  private async write(change: (record: ActorRecord) => ActorRecord): Promise<void> {
    for (let attempt = 1; ; attempt += 1) {
      this.assertHeld();
      const next = change(this.current.record);
      if (next === this.current.record) return;
      try {
        this.current = await writeActorRecord(this.state, next, this.current.expected);
        return;
      } catch (error) {
        if (attempt >= 10 || !isCallsheetError(error, 'precondition-failed')) throw error;
        this.current = await readActorRecord(this.state, this.actor);
        this.refuseIfTakenOver();
      }
    }
  }

  private refuseIfTakenOver(): void {
    const token = this.journal?.token;
    if (token !== undefined && token > this.lease.token) {
      throw new CallsheetError('lease-lost', `another process has taken over actor "${this.actor}"`, {
        hint: 'Nothing is lost; the other process goes on from the journal.',
      });
    }
  }
}

function withStep(record: ActorRecord, step: JournalStep, context: RunContext, token: number): ActorRecord {
  const steps = record.journal?.steps ?? [];
  const index = steps.findIndex((other) => other.action.id === step.action.id);
  const next = index < 0 ? [...steps, step] : steps.with(index, step);
  return { ...record, journal: { ...context, token, steps: next } };
}

/** The record once a run is over. A journal with a step that is still open stays: the next run settles it first. */
export function withoutSettledJournal(record: ActorRecord): ActorRecord {
  if (record.journal === undefined || record.journal.steps.some(isOpen)) return record;
  const { journal: _settled, ...rest } = record;
  return rest;
}
