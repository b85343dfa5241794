import { type Command, Option } from 'commander';
import type { Plan } from '../plan/plan.ts';
import type { Workspace } from '../workspace.ts';
import type { Call } from './command.ts';
import { markdownOptions } from './plan-output.ts';
import { writeTextFile } from './write-text-file.ts';

export interface ReportOptions {
  readonly html?: string;
  /** True: to standard output, where the command can. */
  readonly markdown?: string | true;
}

/** Thumbnails that are read for a report, in bytes; as text in the page they take a third more. */
const THUMBNAIL_BYTES = 11_000_000;

export function htmlOption(): Option {
  return new Option('--html <file>', 'write a report with pictures, one page that needs nothing else');
}

/** Adds `--html` and `--markdown`, both with a file. */
export function withReports(command: Command): Command {
  return command
    .addOption(htmlOption())
    .addOption(new Option('--markdown <file>', 'write it as Markdown, for a comment on a pull request'));
}

/** Writes the reports that were asked for, and says where they are. */
export async function writeReports<Options>(
  call: Call<Options & ReportOptions>,
  workspace: Pick<Workspace, 'state' | 'observing'> | undefined,
  plan: Plan,
): Promise<void> {
  const { options, output, terminal } = call;
  if (typeof options.markdown === 'string') {
    const { renderPlanMarkdown } = await import('../views/plan-markdown.ts');
    await writeTextFile(terminal.cwd, options.markdown, renderPlanMarkdown(plan, markdownOptions(plan)));
    output.note(`Markdown: ${options.markdown}`);
  }
  if (options.html !== undefined) {
    const { renderPlanHtml } = await import('../views/plan-html.ts');
    const { loadPlanThumbnails } = await import('../usecases/plan-thumbnails.ts');
    const thumbnails =
      workspace === undefined
        ? new Map<string, Uint8Array>()
        : await loadPlanThumbnails(workspace, plan, THUMBNAIL_BYTES, terminal.signal);
    await writeTextFile(terminal.cwd, options.html, renderPlanHtml(plan, { thumbnails }));
    output.note(`Report: ${options.html}`);
  }
}
