import type { Command } from 'commander';
import { CallsheetError } from '../diagnostics/errors.ts';
import type { SuspendTarget } from '../reconcile/controller-ports.ts';

/** What `suspend` and `resume` are about. */
export interface TargetOptions {
  readonly actor?: string;
  readonly distribution?: string;
  readonly rollout?: boolean;
}

export function withTarget(command: Command, rollout: string): Command {
  return command
    .option('-a, --actor <id>', 'only this actor')
    .option('--distribution <name>', 'only actors of this distribution')
    .option('--rollout', rollout);
}

/** @throws CallsheetError `invalid-input` when more than one thing is named. */
export function targetOf({
  actor,
  distribution,
  rollout,
}: TargetOptions): SuspendTarget | { readonly kind: 'rollout' } {
  if ([actor, distribution, rollout].filter((given) => given !== undefined).length > 1) {
    throw new CallsheetError('invalid-input', '--actor, --distribution and --rollout exclude each other', {
      hint: 'Call it once for each.',
    });
  }
  if (actor !== undefined) return { kind: 'actor', name: actor };
  if (distribution !== undefined) return { kind: 'distribution', name: distribution };
  return { kind: rollout === true ? 'rollout' : 'library' };
}
