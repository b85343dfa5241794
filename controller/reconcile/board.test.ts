import fc from 'fast-check';
import { expect, it } from 'vitest';
import { planned } from '../../tests/support/plan-actors.ts';
import type { ActorPlan } from '../plan/plan.ts';
import { Board } from './board.ts';

const ACTORS = ['0001', '0002', '0003', '0004'];
const GENERATIONS = ['old', 'new'];

type Step =
  | {
      readonly kind: 'note';
      readonly plan: ActorPlan;
      readonly generation: string;
      readonly proposed: boolean;
      readonly ground?: string;
    }
  | {
      readonly kind: 'carry';
      readonly actor: string;
      readonly to: { readonly generation: string; readonly ground: string };
      readonly holds: () => boolean;
    }
  | { readonly kind: 'tried' | 'actors'; readonly actors: readonly string[] };

const anyStep: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    kind: fc.constant('note' as const),
    plan: fc
      .tuple(fc.constantFrom(...ACTORS), fc.boolean())
      .map(([actor, isOff]) => planned(actor, isOff ? 5 : 4, 2)),
    generation: fc.constantFrom(...GENERATIONS),
    proposed: fc.boolean(),
    ground: fc.constantFrom('here', 'there'),
  }),
  fc.record({
    kind: fc.constant('carry' as const),
    actor: fc.constantFrom(...ACTORS),
    to: fc.record({
      generation: fc.constantFrom(...GENERATIONS),
      ground: fc.constantFrom('here', 'there'),
    }),
    holds: fc.constantFrom(
      () => true,
      () => false,
    ),
  }),
  fc.record({ kind: fc.constantFrom('tried' as const, 'actors' as const), actors: fc.subarray(ACTORS) }),
);

/** The same, gone through as a whole every time. */
class PlainBoard {
  actors: readonly string[] = [];
  known = new Map<string, Extract<Step, { kind: 'note' }>>();

  take(step: Step): void {
    if (step.kind === 'actors') {
      this.actors = step.actors;
      for (const actor of [...this.known.keys()]) if (!step.actors.includes(actor)) this.known.delete(actor);
    } else if (step.kind === 'note') {
      if (this.actors.includes(step.plan.actor)) this.known.set(step.plan.actor, step);
    } else if (step.kind === 'carry') {
      const known = this.known.get(step.actor);
      if (known?.ground === step.to.ground && step.holds())
        this.known.set(step.actor, { ...known, generation: step.to.generation });
    } else {
      for (const actor of step.actors) {
        const known = this.known.get(actor);
        if (known !== undefined) this.known.set(actor, { ...known, proposed: false });
      }
    }
  }

  missing(wanted: string): number {
    return this.actors.filter((actor) => this.known.get(actor)?.generation !== wanted).length;
  }

  pending(wanted: string): string[] {
    return [...this.known.values()]
      .filter(
        ({ proposed, generation, plan }) => proposed && generation === wanted && plan.actions.length > 0,
      )
      .map(({ plan }) => plan.actor)
      .sort();
  }
}

it('counts who is missing and who has something to do as if it went through all of them', () => {
  fc.assert(
    fc.property(fc.array(anyStep, { maxLength: 40 }), (steps) => {
      const [board, plain] = [new Board(), new PlainBoard()];
      for (const step of steps) {
        plain.take(step);
        if (step.kind === 'note') board.note(step);
        else if (step.kind === 'carry') board.carry(step.actor, step.to, step.holds);
        else if (step.kind === 'tried') board.setTried(step.actors);
        else board.setActors(step.actors);
        for (const generation of GENERATIONS) {
          const pending = plain.pending(generation);
          expect(board.missing(generation)).toBe(plain.missing(generation));
          expect(board.pending(generation).map(({ actor }) => actor)).toEqual(pending);
          expect(board.hasPending(generation)).toBe(pending.length > 0);
        }
      }
    }),
  );
});
