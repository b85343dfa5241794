import { watchFolder } from '../reconcile/watch-folder.ts';
import { steadyClock } from '../runtime/clock.ts';
import { FollowedLibrary } from '../server/ui/followed-library.ts';
import { isGitUrl } from '../spec-source/git-url.ts';
import { openWorkspace } from '../wire.ts';
import { openSpecSource } from '../wire-specs.ts';
import type { Call } from './command.ts';
import { noteDiagnostics, sourceOptionsOf, specsOf } from './open.ts';

/** How long a folder has to look the same before it is believed. Milliseconds. */
const SETTLE_MS = 150;

/**
 * The library that the options name, for a dashboard that outlives its specs: a folder is watched, a git URL is asked at every interval.
 *
 * @throws SpecsInvalid when the specs cannot be used as they are at the start.
 */
export async function followLibrary(call: Call<unknown>): Promise<FollowedLibrary> {
  const { options, terminal, version, output } = call;
  const specs = specsOf(options, terminal);
  const place = sourceOptionsOf(options, terminal);
  const opening = { specs, ...place, version, command: 'ui', report: output.report };
  const first = await openWorkspace(opening, terminal.signal);
  await noteDiagnostics(call, first.diagnostics);
  const following = isGitUrl(specs)
    ? { settleMs: 0 }
    : { settleMs: SETTLE_MS, watch: (onChange: () => void) => watchFolder(specs, onChange) };
  return new FollowedLibrary(first, {
    source: openSpecSource(specs, { ...place, env: terminal.env, cwd: terminal.cwd }),
    timer: steadyClock,
    random: Math.random,
    open: (loaded, signal) => openWorkspace({ ...opening, loaded }, signal),
    ...following,
  });
}
