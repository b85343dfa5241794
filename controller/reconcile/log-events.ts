import type { Logger, LogLevel } from '../runtime/logger.ts';
import { suspensionText } from '../spec/suspend.ts';
import { type Condition, HOLD_REASONS, isFailure, SOURCE_REASONS } from '../status/condition.ts';
import { countOf } from '../views/text.ts';
import type { ControllerEvent, ControllerObserver } from './controller-ports.ts';

/** Writes what the controller tells into the log: every event a line, with the ids that it is about as fields. */
export function logEvents(logger: Logger): ControllerObserver {
  return {
    event(event) {
      const { level, message, fields } = describe(event);
      logger[level]({ event: event.type, ...fields }, message);
    },
  };
}

interface Line {
  readonly level: Exclude<LogLevel, 'silent'>;
  readonly message: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

function describe(event: ControllerEvent): Line {
  const { type: _type, at: _at, ...fields } = event;
  const line = (level: Line['level'], message: string, said: Line['fields'] = fields): Line => ({
    level,
    message,
    fields: said,
  });
  switch (event.type) {
    case 'leader':
      return line(
        event.lost === true ? 'warn' : 'info',
        event.leading ? `this controller ${event.message}` : `does not lead any more: ${event.message}`,
      );
    case 'standing-by':
      return line('info', `stands by: ${event.message}`);
    case 'revision-loaded':
      return line('info', `${event.revision} is in force`);
    case 'revision-applied':
      return line('info', `${event.revision} is applied: every actor is as it should be`);
    case 'source-failed':
      return line(
        'error',
        `${event.inForce === undefined ? 'no specs are in force yet' : 'the last good revision stays in force'}: ${event.message}`,
      );
    case 'source-recovered':
      return line('info', 'the source of the specs is well again');
    case 'reconciled':
      return line('debug', `actor ${event.actor}: ${event.message ?? 'looked at'}`);
    case 'condition-changed': {
      const { condition, actor, actorType, previous } = event;
      const { type, status, reason, message } = condition;
      const said = { actor, actorType, condition: type, status, reason, previous: previous?.reason };
      return line(
        levelOf(condition, actor, previous?.reason),
        `${actor === undefined ? 'the library' : `actor ${actor}`}: ${type} ${status} (${reason}): ${message}`,
        said,
      );
    }
    case 'condition-removed':
      return line(
        'debug',
        `${event.actor === undefined ? 'the library' : `actor ${event.actor}`}: ${event.condition.type} is over`,
        {
          actor: event.actor,
          condition: event.condition.type,
        },
      );
    case 'actor-gone':
      return line('info', `actor ${event.actor} is not in the library any more`);
    case 'plan-written':
      return line(
        'info',
        `plan ${event.plan}: ${countOf(event.actors, 'actor')}, ${event.generate} to generate, ${event.restore} to restore, ${event.adopt} to adopt, ${event.delete} to delete, ${event.forget} to forget, $${event.estimateUsd.toFixed(2)}`,
      );
    case 'plan-held':
      return line('warn', event.message);
    case 'run-started':
      return line(
        'info',
        `plan ${event.plan}${event.of === undefined ? '' : `, a part of ${event.of},`} is applied to ${countOf(event.actors, 'actor')}`,
      );
    case 'run-finished': {
      const { id, plan, status, costUsd, actors } = event.run;
      const level = status === 'succeeded' ? 'info' : 'warn';
      return line(level, `run ${id} ${status}: ${countOf(actors.length, 'actor')}, $${costUsd.toFixed(2)}`, {
        run: id,
        plan,
        status,
        costUsd,
        wave: event.wave,
      });
    }
    case 'rollout':
      return line(levelOfRollout(event), `rollout ${event.state}: ${event.message}`);
    case 'budget':
      return line(
        'info',
        `$${event.spentUsd.toFixed(2)} of $${event.limitUsd.toFixed(2)} spent or reserved on ${event.day}`,
      );
    case 'plan-decided':
      return line('info', decisionText(event));
    case 'look-requested':
      return line('info', `${event.by} wants ${lookedAt(event)} looked at`, {
        by: event.by,
        actor: event.actors?.length === 1 ? event.actors[0] : undefined,
      });
    case 'suspended':
      return line('info', `${event.what} is suspended by ${event.by}: ${suspensionText(event)}`);
    case 'resumed':
      return line(
        'info',
        `the suspension of ${event.what} by ${event.suspendedBy} ${event.hasEnded ? 'has ended by itself' : 'is lifted'}${'by' in event ? ` by ${event.by}` : ''}`,
      );
    case 'warning':
      return line('warn', event.message);
    case 'trouble-over':
      return line('info', event.message);
  }
}

function lookedAt({ actors }: Extract<ControllerEvent, { type: 'look-requested' }>): string {
  if (actors === undefined) return 'every actor';
  return actors.length === 1 ? `actor ${actors[0]}` : countOf(actors.length, 'actor');
}

function decisionText(event: Extract<ControllerEvent, { type: 'plan-decided' }>): string {
  const { plan, verdict, by, guards = [], actors, reason } = event;
  const some = actors === undefined ? '' : ` for ${countOf(actors, 'actor')}`;
  const lifted = guards.length === 0 ? '' : `, in spite of ${guards.join(', ')}`;
  return `plan ${plan} is ${verdict}${some} by ${by}${lifted}${reason === undefined ? '' : `: ${reason}`}`;
}

function levelOfRollout({ state, unserved }: Extract<ControllerEvent, { type: 'rollout' }>): Line['level'] {
  if (state === 'halted') return 'error';
  return unserved > 0 ? 'warn' : 'info';
}

/** What an event of its own has told, of the specs or of a plan that waits, is not told again by everybody whom it concerns. */
const TOLD: ReadonlySet<string> = new Set([...HOLD_REASONS, ...SOURCE_REASONS]);
const HELD: ReadonlySet<string> = new Set(HOLD_REASONS);

function levelOf(
  { type, status, reason }: Condition,
  actor: string | undefined,
  previous: string | undefined,
): Line['level'] {
  if (type === 'HistoryRewritten') return 'warn';
  // These stand beside a Ready that says the same.
  if (type !== 'Ready' || TOLD.has(reason)) return 'debug';
  // What waited is about to be done, or is looked at again after a start: a plan or a run tells of all of them.
  if (actor !== undefined && reason === 'OutsideTolerance' && HELD.has(previous ?? '')) return 'debug';
  // Nor is there news in that those are as they should be who were so before everything was suspended.
  if (actor !== undefined && reason === 'Balanced' && previous === 'Suspended') return 'debug';
  return actor !== undefined && isFailure({ status, reason }) ? 'warn' : 'info';
}
