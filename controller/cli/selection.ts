import type { Command } from 'commander';
import type { ActorSelection } from '../usecases/select-actors.ts';
import { SELECTION_OPTIONS, type SelectionOptions } from './settings.ts';

/** Adds `--actor`, `--type` and `--random`. */
export function withSelection(command: Command): Command {
  for (const option of SELECTION_OPTIONS) command.addOption(option);
  return command;
}

export function selectionOf({ actor, type, random }: SelectionOptions): ActorSelection {
  return {
    ...(actor === undefined ? {} : { actors: actor }),
    ...(type === undefined ? {} : { types: type }),
    ...(random === undefined ? {} : { random }),
  };
}
