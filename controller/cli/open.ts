import { isAbsolute, resolve } from 'node:path';
import { type Diagnostic, hasErrors } from '../diagnostics/diagnostic.ts';
import { type CallsheetError, isCallsheetError } from '../diagnostics/errors.ts';
import { sentence } from '../diagnostics/sentence.ts';
import type { LoadedSpecs } from '../spec/load-specs.ts';
import { isGitUrl } from '../spec-source/git-url.ts';
import { libraryRoot } from '../spec-source/library-root.ts';
import type { RecallOptions } from '../wire-recall.ts';
import type { Workspace } from '../workspace.ts';
import type { Call } from './command.ts';
import { createPalette } from './palette.ts';
import type { CommonOptions } from './settings.ts';
import { type Terminal, wantsColor } from './terminal.ts';

/**
 * Opens the library that the options name, says what is odd in its specs, and closes it again whatever comes of `use`.
 *
 * @param command what others read when this process holds a lease.
 */
export async function withWorkspace<Options, Result>(
  call: Call<Options>,
  command: string,
  use: (workspace: Workspace) => Promise<Result>,
): Promise<Result> {
  return await withSpecs(call, command, {}, use);
}

/**
 * As `withWorkspace`, for commands that look at what a controller does, or stop it: while one leads, they work under the specs that it
 * works under, without asking their source; else under the newest, or, where those cannot be had or used, under the last that were in force.
 */
export async function withWorkspaceInForce<Options, Result>(
  call: Call<Options>,
  command: string,
  use: (workspace: Workspace) => Promise<Result>,
): Promise<Result> {
  return await withSpecs(call, command, { loaded: await loadInForce(call) }, use);
}

async function withSpecs<Options, Result>(
  call: Call<Options>,
  command: string,
  specs: { readonly loaded?: LoadedSpecs },
  use: (workspace: Workspace) => Promise<Result>,
): Promise<Result> {
  const { terminal, output, options, version } = call;
  const { openWorkspace } = await import('../wire.ts');
  const place = { specs: specsOf(options, terminal), ...sourceOptionsOf(options, terminal) };
  await using workspace = await openWorkspace(
    { ...place, ...specs, version, command, report: output.report },
    terminal.signal,
  );
  await noteDiagnostics(call, workspace.diagnostics);
  return await use(workspace);
}

/** Those that a controller works under; the newest where none does; those that one has kept as in force where the newest are no good. */
async function loadInForce<Options>(call: Call<Options>): Promise<LoadedSpecs> {
  const { terminal, output, options } = call;
  const { openSpecSource } = await import('../wire-specs.ts');
  const { loadSpecs } = await import('../spec/load-specs.ts');
  const { recallSpecs, specsAtWork } = await import('../wire-recall.ts');
  const { SpecsInvalid } = await import('../wire.ts');
  const { clock, cwd, env, signal } = terminal;
  const recall = recallOptionsOf(call);
  const atWork = await specsAtWork(recall, signal);
  if (atWork !== undefined) return atWork;
  const place = sourceOptionsOf(options, terminal);
  const source = openSpecSource(specsOf(options, terminal), { ...place, env, cwd });
  let newest: LoadedSpecs | undefined;
  let trouble: CallsheetError;
  try {
    newest = await loadSpecs(source, { nowMs: clock.now() }, signal);
    if (newest.specs !== undefined && !hasErrors(newest.diagnostics)) return newest;
    trouble = new SpecsInvalid(newest.diagnostics);
  } catch (error) {
    if (!isCallsheetError(error)) throw error;
    trouble = error;
  }
  const recalled = await recallSpecs(newest?.snapshot, recall, signal);
  if (recalled === undefined) throw trouble;
  const { id } = recalled.snapshot.revision;
  const message = `the newest specs cannot be used: ${sentence(trouble.message)} In force is ${id}`;
  output.report({ type: 'warning', code: trouble.code, message });
  return recalled;
}

/** The specs as the workspace takes them: a folder as an absolute path, anything that looks like a URL as it is. */
export function specsOf({ specs }: CommonOptions, { cwd }: Terminal): string {
  return isAbsolute(specs) || /^[\w.+-]+(?::\/\/|@[^/]+:)/.test(specs) ? specs : resolve(cwd, specs);
}

/** What the common options say of the source of the specs besides its place. */
export function sourceOptionsOf(
  { root, verifySignatures }: CommonOptions,
  { cwd, env }: Terminal,
): { root?: string; verifySignatures?: string } {
  const signatures = verifySignatures ?? env.CALLSHEET_VERIFY_SIGNATURES;
  return {
    ...(root === undefined ? {} : { root: resolve(cwd, root) }),
    ...(signatures === undefined || signatures === '' ? {} : { verifySignatures: signatures }),
  };
}

/** Where the specs that are in force are looked for while the newest cannot be had or used. */
export function recallOptionsOf<Options>({ terminal, options }: Call<Options>): RecallOptions {
  const { cwd, env, clock } = terminal;
  const specs = specsOf(options, terminal);
  const usual = isGitUrl(specs) ? cwd : libraryRoot(specs);
  const { root = usual } = sourceOptionsOf(options, terminal);
  // In several folders the same specs may be followed for as many libraries.
  return { key: `${specs} ${root}`, env, root, clock };
}

/** Shows problems of the specs beside the result. */
export async function noteDiagnostics(
  { output, terminal, options }: Pick<Call<unknown>, 'output' | 'terminal' | 'options'>,
  diagnostics: readonly Diagnostic[],
): Promise<void> {
  if (diagnostics.length === 0) return;
  for (const diagnostic of diagnostics) output.event({ type: 'diagnostic', diagnostic });
  const { formatDiagnostics } = await import('../views/diagnostics-view.ts');
  const color = wantsColor(terminal.stderr, terminal.env, options.color ? undefined : false);
  const important = diagnostics.some(({ severity }) => severity === 'error');
  output.note(formatDiagnostics(diagnostics, createPalette(color)).trimEnd(), important);
}
