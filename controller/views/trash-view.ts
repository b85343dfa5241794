import type { TrashRecord } from '../records/actor-record.ts';
import { escapeText } from './escape.ts';
import { reasonText } from './plan-symbols.ts';
import type { ViewOptions } from './stats-view.ts';
import { renderTable } from './table.ts';
import { countOf, displayWidth, formatTime, truncateMiddle } from './text.ts';

/** A deleted image that waits, and whose it is. */
export interface TrashedOf {
  readonly actor: string;
  readonly item: TrashRecord;
}

/** The trash, one image a line where that fits and a few lines each where not, and how to get one back. */
export function renderTrash(items: readonly TrashedOf[], options: ViewOptions): string {
  if (items.length === 0) return 'The trash is empty.\n';
  const { palette } = options;
  const hint = `${countOf(items.length, 'image')}. Get one back with: ${palette.bold('callsheet trash restore ID')}`;
  const table = tableOf(items, options);
  const fits = Math.max(...table.map(displayWidth)) <= options.width;
  return `${[...(fits ? table : items.flatMap((item) => linesOf(item, options))), '', hint].join('\n')}\n`;
}

/** The id whole, to be copied, and below it what it stands for. */
function linesOf({ actor, item }: TrashedOf, { palette, width }: ViewOptions): string[] {
  const quality = item.quality === undefined ? [] : [`quality ${item.quality}`];
  const facts = [escapeText(item.category ?? 'category unknown'), ...quality, trashReason(item.reason)].join(
    ', ',
  );
  const times = `deleted ${formatTime(item.deletedAt)}, kept until ${formatTime(item.expiresAt)}`;
  return [
    palette.bold(escapeText(item.id)),
    ...[`${escapeText(actor)}  ${escapeText(item.image)}`, facts, times].map(
      (line) => `  ${truncateMiddle(line, width - 2)}`,
    ),
  ];
}

function tableOf(items: readonly TrashedOf[], { palette, width }: ViewOptions): string[] {
  const rows = items.map(({ actor, item }) => [
    escapeText(item.id),
    escapeText(actor),
    escapeText(item.category ?? '-'),
    item.quality === undefined ? '-' : String(item.quality),
    trashReason(item.reason),
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
  return renderTable(columns, rows, { width, header: palette.dim });
}

function trashReason(reason: string): string {
  return reason === 'verification-failed' ? 'not what was ordered' : escapeText(reasonText({ reason }));
}
