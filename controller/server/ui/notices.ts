import { randomBytes } from 'node:crypto';
import { type Html, html, joinHtml, NO_HTML } from '../../views/escape-html.ts';
import type { Notice } from './layout.ts';
import { hidden } from './parts.ts';

/** What can have been done just now. The address names it; the words are ours, so that no link can put words into the page. */
const SAID = {
  pinned: 'Pinned: no plan deletes it.',
  unpinned: 'No longer pinned.',
  relabelled: 'Its category is what you say from now on.',
  rejected: 'Rejected: the next plan deletes it, and the review shows it.',
  withdrawn: 'Taken back: the evaluator’s word counts again.',
  restored: 'Restored from the trash.',
  'restored-partly': 'Not everything could be restored; the history says why.',
  planned: 'Looked at again, and planned.',
  planning: 'Everything is being looked at again. This page shows the plan when it is made.',
  reconciling: 'The controller looks at it now.',
  suspended: 'Suspended: it is planned on, and nothing is applied.',
  resumed: 'Resumed.',
  approved: 'Approved.',
  'rollback-planned': 'This plan undoes the run. Nothing is undone before it is approved and applied.',
  'plan-rejected': 'The plan is rejected.',
} as const;

export type NoticeCode = keyof typeof SAID;

/** A decision's way back: where to send the form that undoes it. */
export interface Undo {
  readonly action: string;
  readonly fields: Readonly<Record<string, string>>;
  /** Of a plan, for whom it is meant; for all of them unless given. */
  readonly actors?: readonly string[];
}

export function noticeText(code: NoticeCode): string {
  return SAID[code];
}

function chosen({ actors }: Undo): Html {
  if (actors === undefined) return NO_HTML;
  const each = actors.map((actor) => html`<input type="hidden" name="actor" value="${actor}">`);
  return html`<input type="hidden" name="scope" value="chosen">${joinHtml(each)}`;
}

/** A page is drawn again soon after a decision, or never. */
const KEPT = 200;

/** What was done just now, until the next page has shown it. Kept here, so that no address can put words or forms into a page. */
export class Notices {
  private readonly kept = new Map<string, Notice>();

  /** Returns by what the next page finds it. */
  keep(code: NoticeCode, undo: Undo | undefined): string {
    const oldest = this.kept.keys().next().value;
    if (this.kept.size >= KEPT && oldest !== undefined) this.kept.delete(oldest);
    const id = randomBytes(9).toString('base64url');
    const form =
      undo === undefined
        ? {}
        : {
            undo: html`<form method="post" action="${undo.action}">${hidden(undo.fields)}${chosen(undo)}<button>Undo <kbd class="needs-script" aria-hidden="true">u</kbd></button></form>`,
          };
    this.kept.set(id, { text: SAID[code], ...form });
    return id;
  }

  /** Each is shown once: going back must not offer to undo what may be undone already. */
  take(id: string): Notice | undefined {
    const notice = this.kept.get(id);
    this.kept.delete(id);
    return notice;
  }
}
