import type { Notice } from '../notify/notice.ts';
import { escapeText } from './escape.ts';
import { countOf } from './text.ts';

/** What Slack, and whoever speaks its webhooks, is sent. Text of unknown origin stands in code, where it mentions and links nothing. */
export function renderSlack(notice: Notice): { text: string } {
  const { library, title, message, actors, revision, plan, run, url } = notice;
  const lines = [`${SYMBOLS[notice.kind]} *Callsheet* ${code(library)}: ${code(title)}`, code(message)];
  // A failure of one names it in its title.
  if (actors.count > (plan === undefined && run === undefined ? 1 : 0)) {
    const more = actors.count > actors.some.length ? ` and ${actors.count - actors.some.length} more` : '';
    lines.push(`${actors.count === 1 ? 'Actor' : 'Actors'}: ${actors.some.map(code).join(' ')}${more}`);
  }
  if (revision !== undefined) lines.push(`Revision: ${code(revision)}`);
  if (url !== undefined) lines.push(`<${slackEscape(url)}>`);
  return { text: lines.join('\n') };
}

const SYMBOLS: Readonly<Record<Notice['kind'], string>> = {
  failed: '🔴',
  recovered: '🟢',
  'awaiting-approval': '🟡',
  budget: '🟠',
  'guard-denied': '🟡',
  'run-summary': '⚪',
  applying: '🔵',
  applied: '🟢',
};

function code(text: string): string {
  return `\`${slackEscape(escapeText(text).replaceAll('`', 'ˋ')).slice(0, 500)}\``;
}

function slackEscape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** A commit status as GitHub takes it; undefined for what says nothing of a revision. */
export interface CommitStatus {
  readonly sha: string;
  readonly body: {
    readonly state: 'success' | 'failure' | 'error' | 'pending';
    readonly context: string;
    readonly description: string;
    readonly target_url?: string;
  };
}

const GOOD: ReadonlySet<Notice['kind']> = new Set(['recovered', 'run-summary', 'applied']);
/** GitHub takes no longer ones. */
const DESCRIPTION = 140;

/** What a notice says of the revision that it is about. Undefined when it is about none that is a commit. */
export function renderCommitStatus(notice: Notice): CommitStatus | undefined {
  const sha = /(?:^|[@:])([0-9a-f]{40}|[0-9a-f]{64})$/.exec(notice.revision ?? '')?.[1];
  const state = stateOf(notice);
  if (sha === undefined || state === undefined) return undefined;
  const { failing = 0 } = notice;
  const still = failing > 0 && GOOD.has(notice.kind) ? `${countOf(failing, 'actor')} failing; ` : '';
  const isWaiting = notice.kind === 'applying' && notice.reason !== 'Progressing';
  const said = notice.kind === 'run-summary' || isWaiting ? notice.message : notice.title;
  const text = escapeText(`${still}${said}`);
  return {
    sha,
    body: {
      state,
      context: `callsheet/${notice.library}`,
      description: text.length > DESCRIPTION ? `${text.slice(0, DESCRIPTION - 1)}…` : text,
      ...(notice.url === undefined ? {} : { target_url: notice.url }),
    },
  };
}

/**
 * The revision is as good as the worst of what it is applied to: one that is well again does not make up for others, nor does a run that
 * went well for what is still to be done.
 */
function stateOf({ kind, reason, failing = 0, applied }: Notice): CommitStatus['body']['state'] | undefined {
  switch (kind) {
    case 'run-summary':
      return reason === 'succeeded' ? goodOf(failing, applied) : 'failure';
    case 'recovered':
    case 'applied':
      return goodOf(failing, applied);
    case 'applying':
      return 'pending';
    case 'failed':
      return 'failure';
    case 'awaiting-approval':
    case 'guard-denied':
      return 'pending';
    case 'budget':
      return undefined;
  }
}

/** Undefined of a revision that another has taken the place of: it is neither done nor waited for. */
function goodOf(failing: number, applied: boolean | undefined): CommitStatus['body']['state'] | undefined {
  if (failing > 0) return 'failure';
  return applied === undefined ? undefined : applied ? 'success' : 'pending';
}
