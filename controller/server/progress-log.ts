import type { Logger } from '../runtime/logger.ts';
import type { Reporter } from '../views/events.ts';

/** Writes down what use-cases report while they are at work: actions and troubles; single actors that were only looked at are for `debug`. */
export function logProgress(logger: Logger): Reporter {
  return (event) => {
    switch (event.type) {
      case 'action-finished': {
        const { actor, run, action } = event;
        const { id, kind, outcome, category, image, costUsd, message } = action;
        const fields = { event: event.type, run, actor, action: id, kind, outcome, category, image, costUsd };
        if (outcome === 'failed') logger.warn(fields, message ?? `${kind} failed`);
        else logger.info(fields, `${kind} ${outcome}`);
        return;
      }
      case 'recovered':
        logger.info({ event: event.type, actor: event.actor, run: event.run }, event.message);
        return;
      case 'warning':
        logger.warn({ event: event.type, actor: event.actor, code: event.code }, event.message);
        return;
      default:
        logger.debug({ ...event, event: event.type }, event.type);
    }
  };
}
