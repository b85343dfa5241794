import { describe, expect, it } from 'vitest';
import { Interrupts } from './interrupts.ts';

function observed() {
  const said: string[] = [];
  const exits: string[] = [];
  return {
    said,
    exits,
    interrupts: new Interrupts({ say: (text) => said.push(text), endNow: (signal) => exits.push(signal) }),
  };
}

describe('Interrupts', () => {
  it('first asks the work to end, then ends it', () => {
    const { said, exits, interrupts } = observed();
    expect(interrupts.exitCode).toBeUndefined();

    interrupts.interrupt('SIGINT');
    expect(interrupts.signal.aborted).toBe(true);
    expect(said).toEqual(['Interrupted: finishing what is in flight. Press Ctrl-C again to stop at once.']);
    expect([interrupts.exitCode, exits]).toEqual([130, []]);

    interrupts.interrupt('SIGINT');
    expect(exits).toEqual(['SIGINT']);
  });

  it('says so as it is told to', () => {
    const { said, interrupts } = observed();
    const logged: string[] = [];
    interrupts.sayBy((text) => logged.push(text));
    interrupts.interrupt('SIGTERM');
    expect(said).toEqual([]);
    expect(logged).toEqual(['Stopping: finishing what is in flight. A second signal stops at once.']);
  });

  it('keeps the code of the signal that began it', () => {
    const { exits, interrupts } = observed();
    interrupts.interrupt('SIGTERM');
    expect(interrupts.exitCode).toBe(143);
    interrupts.interrupt('SIGINT');
    expect(exits).toEqual(['SIGINT']);
  });
});
