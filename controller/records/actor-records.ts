import { CallsheetError } from '../diagnostics/errors.ts';
import type { StateBackend } from '../state-backend/state-backend.ts';
import { type ActorRecord, emptyActorRecord } from './actor-record.ts';

/** A record as read, with what is needed to replace exactly that version of it. */
export interface ReadRecord {
  readonly record: ActorRecord;
  readonly expected: 'absent' | { readonly version: string };
}

export function actorRecordPath(actor: string): string {
  return `actors/${actor}.json`;
}

/** @throws CallsheetError `corrupt` for a record of a format this version does not know. */
export async function readActorRecord(
  state: StateBackend,
  actor: string,
  signal?: AbortSignal,
): Promise<ReadRecord> {
  const stored = await state.read<ActorRecord>(actorRecordPath(actor), signal);
  if (stored === undefined) return { record: emptyActorRecord(actor), expected: 'absent' };
  if (stored.value.formatVersion?.split('.')[0] !== '1') {
    throw new CallsheetError(
      'corrupt',
      `${actorRecordPath(actor)} has format version ${stored.value.formatVersion}`,
      {
        hint: 'It was written by a newer version of Callsheet. Use that version, or move the file away to start afresh (its trash list is lost then).',
      },
    );
  }
  return { record: stored.value, expected: { version: stored.version } };
}

/** Returns the record as stored now. @throws CallsheetError `precondition-failed` when somebody else has written in between. */
export async function writeActorRecord(
  state: StateBackend,
  record: ActorRecord,
  expected: ReadRecord['expected'],
  signal?: AbortSignal,
): Promise<ReadRecord> {
  const version = await state.write(actorRecordPath(record.actor), record, expected, signal);
  return { record, expected: { version } };
}
