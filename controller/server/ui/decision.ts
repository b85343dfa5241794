import { CallsheetError } from '../../diagnostics/errors.ts';
import type { Workspace } from '../../workspace.ts';
import type { Identity } from '../identity.ts';
import { onBehalf } from '../on-behalf.ts';
import type { RequestContext } from '../request-guard.ts';
import type { NoticeCode, Undo } from './notices.ts';
import type { Dashboard } from './show-page.ts';

/** What came of a decision. */
export interface Done {
  readonly code: NoticeCode;
  /** Where to go on. */
  readonly to: string;
  readonly undo?: Undo;
}

/** Texts of a form; of names that come several times, all. */
export type Fields = Readonly<Record<string, readonly string[]>>;

/** Everything that a decision is made from. */
export interface Deciding {
  readonly c: RequestContext;
  readonly dashboard: Dashboard;
  readonly who: Identity;
  readonly fields: Fields;
}

export function readFields(body: Readonly<Record<string, unknown>>): Fields {
  return Object.fromEntries(
    Object.entries(body).map(([name, value]) => [
      name.replace(/\[\]$/, ''),
      [value].flat().filter((one) => typeof one === 'string'),
    ]),
  );
}

/** @throws CallsheetError `invalid-input` when it is missing. */
export function textOf(fields: Fields, name: string, what: string): string {
  const text = fields[name]?.[0]?.trim() ?? '';
  if (text === '' || text.length > 500) {
    throw new CallsheetError('invalid-input', `${what} is needed, of at most 500 characters`, {
      hint: 'Go back and write one.',
    });
  }
  return text;
}

/** Records name the person; somebody at this very machine is named as on its command line. */
export function asPerson(workspace: Workspace, { who, via }: Identity): Workspace {
  return via === 'loopback' && who === 'local' ? workspace : onBehalf(workspace, who);
}
