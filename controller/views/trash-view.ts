import type { TrashRecord } from '../records/actor-record.ts';
import { escapeText } from './escape.ts';
import type { ViewOptions } from './stats-view.ts';
import { renderTable } from './table.ts';
import { countOf, formatTime } from './text.ts';

/** A deleted image that waits, and whose it is. */
export interface TrashedOf {
  readonly actor: string;
  readonly item: TrashRecord;
}

/** The trash, one image a line, and how to get one back. */
export function renderTrash(items: readonly TrashedOf[], { palette, width }: ViewOptions): string {
  if (items.length === 0) return 'The trash is empty.\n';
  const rows = items.map(({ actor, item }) => [
    escapeText(item.id),
    escapeText(actor),
    escapeText(item.category ?? '-'),
    item.quality === undefined ? '-' : String(item.quality),
    escapeText(item.reason),
    formatTime(item.deletedAt),
    formatTime(item.expiresAt),
    escapeText(item.image),
  ]);
  const columns = [
    { title: 'ID' },
    { title: 'ACTOR' },
    { title: 'CATEGORY' },
    { title: 'QUALITY', align: 'right' },
    { title: 'REASON' },
    { title: 'DELETED (UTC)' },
    { title: 'KEPT UNTIL' },
    { title: 'IMAGE', flexible: true },
  ] as const;
  const table = renderTable(columns, rows, { width, header: palette.dim });
  const hint = `${countOf(items.length, 'image')}. Get one back with: ${palette.bold('callsheet trash restore ID')}`;
  return `${[...table, '', hint].join('\n')}\n`;
}
