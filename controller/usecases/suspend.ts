import { CallsheetError } from '../diagnostics/errors.ts';
import { suggest } from '../diagnostics/suggest.ts';
import type { SuspendTarget } from '../reconcile/controller-ports.ts';
import { leaveDecision } from '../reconcile/requests.ts';
import type { SuspensionRecord } from '../records/actor-record.ts';
import type { RunRecord } from '../records/run-record.ts';
import { isOnCalendar } from '../spec/suspend.ts';
import { changeDocument } from '../state-backend/change-document.ts';
import type { StateBackend } from '../state-backend/state-backend.ts';
import { hasEnded, NO_SUSPENSIONS, SUSPENSIONS_PATH, type Suspensions } from '../status/suspensions.ts';
import type { Workspace } from '../workspace.ts';
import { RunLog } from './run-log.ts';
import { selectActors } from './select-actors.ts';

export interface SuspendRequest {
  readonly reason: string;
  /** RFC 3339; without it, it lasts until somebody resumes. */
  readonly until?: string;
  /** Who asks; this process's user unless given. */
  readonly by?: string;
}

/** What is suspended by command at the moment. */
export async function readSuspensions(state: StateBackend, signal?: AbortSignal): Promise<Suspensions> {
  return (await state.read<Suspensions>(SUSPENSIONS_PATH, signal))?.value ?? NO_SUSPENSIONS;
}

/**
 * Stops applying for the library, a distribution or an actor; it is still observed and planned. Holds for a controller and for `apply`
 * alike, until `resumeTarget` or its end.
 *
 * @throws CallsheetError `not-found` for a name that nobody knows; `invalid-input` for an end in the past, or on no calendar.
 */
export async function suspendTarget(
  workspace: Workspace,
  target: SuspendTarget,
  request: SuspendRequest,
  signal?: AbortSignal,
): Promise<RunRecord> {
  await refuseUnknown(workspace, target, signal);
  const nowMs = workspace.clock.now();
  const { reason, until, by = workspace.who } = request;
  if (until !== undefined) refuseEnd(until, nowMs);
  const at = new Date(nowMs).toISOString();
  const record: SuspensionRecord = { reason, by, at, ...(until === undefined ? {} : { until }) };
  await changeSuspensions(workspace, target, record, signal);
  const { at: _at, ...said } = record;
  await leaveDecision(workspace, { type: 'suspended', what: nameOf(target), ...said });
  return await remember(
    workspace,
    'suspend',
    target,
    `${nameOf(target)} suspended${until === undefined ? '' : ` until ${until}`}: ${reason}`,
  );
}

/**
 * Lets go on what was suspended by command.
 *
 * @throws CallsheetError `not-found` when it is not suspended by command, or not any more; what the specs suspend is resumed there.
 */
export async function resumeTarget(
  workspace: Workspace,
  target: SuspendTarget,
  signal?: AbortSignal,
): Promise<RunRecord> {
  const record = recordOf(await readSuspensions(workspace.state, signal), target);
  if (record === undefined || hasEnded(record, workspace.clock.now())) {
    const over = record === undefined ? '' : ` any more: that ended by itself at ${record.until}`;
    throw new CallsheetError('not-found', `${nameOf(target)} is not suspended by command${over}`, {
      hint: 'If "callsheet status" says that it is, the specs say so: take spec.suspend out there.',
    });
  }
  await changeSuspensions(workspace, target, undefined, signal);
  await leaveDecision(workspace, {
    type: 'resumed',
    what: nameOf(target),
    suspendedBy: record.by,
    hasEnded: false,
  });
  return await remember(workspace, 'resume', target, `${nameOf(target)} resumed`);
}

export function nameOf(target: SuspendTarget): string {
  return target.kind === 'library' ? 'the library' : `${target.kind} "${target.name}"`;
}

function recordOf(suspensions: Suspensions, target: SuspendTarget): SuspensionRecord | undefined {
  if (target.kind === 'library') return suspensions.library;
  const records = target.kind === 'actor' ? suspensions.actors : suspensions.distributions;
  return Object.hasOwn(records, target.name) ? records[target.name] : undefined;
}

async function changeSuspensions(
  { state }: Workspace,
  target: SuspendTarget,
  record: SuspensionRecord | undefined,
  signal?: AbortSignal,
): Promise<void> {
  await changeDocument(
    state,
    SUSPENSIONS_PATH,
    NO_SUSPENSIONS,
    (all) => {
      if (target.kind === 'library') {
        const { library: _before, ...rest } = all;
        return record === undefined ? rest : { ...rest, library: record };
      }
      const field = target.kind === 'actor' ? 'actors' : 'distributions';
      const { [target.name]: _before, ...others } = all[field];
      return { ...all, [field]: record === undefined ? others : { ...others, [target.name]: record } };
    },
    signal,
  );
}

function refuseEnd(until: string, nowMs: number): void {
  if (isOnCalendar(until) && Date.parse(until) > nowMs) return;
  const what = isOnCalendar(until) ? 'is no time in the future' : 'is on no calendar';
  throw new CallsheetError('invalid-input', `"${until}" ${what}`, {
    hint: 'Write a time with its zone, such as 2027-01-31T18:00:00Z, or a duration such as 2d.',
  });
}

async function refuseUnknown(
  workspace: Workspace,
  target: SuspendTarget,
  signal?: AbortSignal,
): Promise<void> {
  if (target.kind === 'actor') await selectActors(workspace, { actors: [target.name] }, signal);
  if (target.kind !== 'distribution') return;
  const names = workspace.specs.distributions.map(({ name }) => name);
  if (names.includes(target.name)) return;
  const near = suggest(target.name, names);
  throw new CallsheetError('not-found', `there is no distribution "${target.name}"`, {
    hint: near === undefined ? `The specs have: ${names.join(', ')}.` : `Did you mean "${near}"?`,
  });
}

async function remember(
  workspace: Workspace,
  kind: 'suspend' | 'resume',
  target: SuspendTarget,
  note: string,
): Promise<RunRecord> {
  const log = await RunLog.open(workspace, { kind, estimateUsd: 0, note });
  if (target.kind === 'actor')
    log.add({ actor: target.name, type: '', outcome: 'applied', actions: [], costUsd: 0 });
  return await log.finish('succeeded');
}
