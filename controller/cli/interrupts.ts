import { exitCodeOfSignal, type InterruptSignal } from './exit-codes.ts';

/** What an interrupt does, apart from the process that receives it. */
export interface InterruptEffects {
  /** Tells the person: a sentence or two. */
  say(text: string): void;
  /** Ends the process at once, whatever it is in the middle of. */
  endNow(signal: InterruptSignal): void;
}

const NOTICES: Readonly<Record<InterruptSignal, string>> = {
  SIGINT: 'Interrupted: finishing what is in flight. Press Ctrl-C again to stop at once.',
  SIGTERM: 'Stopping: finishing what is in flight. A second signal stops at once.',
};

/**
 * Two-stage shutdown. The first interrupt aborts `signal`: nothing new begins, what is paid for or half done is finished. The second
 * ends the process at once; the journal is made for that too.
 */
export class Interrupts {
  private readonly controller = new AbortController();
  private readonly effects: InterruptEffects;
  private received: InterruptSignal | undefined;
  private say: (text: string) => void;

  constructor(effects: InterruptEffects) {
    this.effects = effects;
    this.say = (text) => effects.say(text);
  }

  /** From now on it is told in another way, as in a log whose lines are JSON. */
  sayBy(say: (text: string) => void): void {
    this.say = say;
  }

  get signal(): AbortSignal {
    return this.controller.signal;
  }

  /** 130 or 143 after a signal, undefined without one. */
  get exitCode(): number | undefined {
    return this.received === undefined ? undefined : exitCodeOfSignal(this.received);
  }

  interrupt(signal: InterruptSignal): void {
    if (this.received !== undefined) {
      this.effects.endNow(signal);
      return;
    }
    this.received = signal;
    this.say(NOTICES[signal]);
    this.controller.abort(new DOMException(`received ${signal}`, 'AbortError'));
  }
}
