import { type Html, html, joinHtml, NO_HTML } from '../../../views/escape-html.ts';
import { countOf, formatNumber } from '../../../views/text.ts';
import type { FleetSnapshot } from '../fleet-board.ts';
import { type FleetQuery, type FleetSort, fleetAddress, PAGE_ROWS, selectRows } from '../fleet-query.ts';
import { type FleetRow, STANDINGS } from '../fleet-row.ts';
import { chip, face, mixStrip, path, reasonWords, STANDING_WORDS } from '../parts.ts';

const COLUMNS: readonly { readonly sort: FleetSort; readonly title: string; readonly look?: string }[] = [
  { sort: 'actor', title: 'Actor' },
  { sort: 'type', title: 'Type' },
  { sort: 'images', title: 'Images', look: 'n' },
  { sort: 'standing', title: 'Condition' },
  { sort: 'changes', title: 'Plan', look: 'n' },
];

/** Every actor, a page at a time; the script filters all of them without asking again. */
export function fleetTable(snapshot: FleetSnapshot, query: FleetQuery): Html {
  const found = selectRows(snapshot.rows, query);
  const pages = Math.max(1, Math.ceil(found.length / PAGE_ROWS));
  const page = Math.min(query.page, pages);
  const shown = found.slice((page - 1) * PAGE_ROWS, page * PAGE_ROWS);
  const said = countOf(found.length, 'actor');
  return html`<section class="fleet" aria-labelledby="h-all" id="fleet" data-rows="/fleet.json" data-version="${snapshot.version}"><h2 id="h-all">Actors</h2>${filters(snapshot, query)}<p class="fine" id="found" role="status">${said}</p><div class="scroll"><table class="actors"><thead><tr>${joinHtml(COLUMNS.map((column) => heading(column, query)))}</tr></thead><tbody id="rows">${joinHtml(shown.map(tableRow))}</tbody></table></div>${pager(query, page, pages)}</section>`;
}

function filters({ figures }: FleetSnapshot, query: FleetQuery): Html {
  const option = (value: string, label: string, chosen: boolean) =>
    html`<option value="${value}"${chosen ? html` selected` : NO_HTML}>${label}</option>`;
  const types = figures.types.map(({ type }) =>
    option(type, type === '' ? '(no type)' : type, type === query.type),
  );
  const standings = STANDINGS.map((name) => option(name, STANDING_WORDS[name], name === query.standing));
  const reasons = figures.reasons.map(({ reason, actors }) =>
    option(reason, `${reasonWords(reason)} (${formatNumber(actors)})`, reason === query.reason),
  );
  return html`<form class="filters" role="search" method="get" action="/"><label class="grow"><span class="sr">Find an actor by id, name or type</span><input type="search" id="find" name="q" value="${query.text}" placeholder="Find by id, name or type" autocomplete="off" maxlength="200"></label><label><span class="sr">Condition</span><select name="standing"><option value="">Condition: all</option>${joinHtml(standings)}</select></label><label><span class="sr">Reason</span><select name="reason"><option value="">Reason: all</option>${joinHtml(reasons)}</select></label><label><span class="sr">Type</span><select name="type"><option value="*">Type: all</option>${joinHtml(types)}</select></label><button class="without-script">Show</button></form>`;
}

function heading({ sort, title, look = '' }: (typeof COLUMNS)[number], query: FleetQuery): Html {
  const current = query.sort === sort;
  const address = fleetAddress(query, { sort, descending: current && !query.descending });
  const state = current ? html` aria-sort="${query.descending ? 'descending' : 'ascending'}"` : NO_HTML;
  return html`<th scope="col" class="c-${sort} ${look}"${state}><a href="${address}" data-sort="${sort}">${title}</a></th>`;
}

function tableRow(row: FleetRow): Html {
  const name = row.name === '' ? NO_HTML : html` <span class="name">${row.name}</span>`;
  const target = row.target === 0 ? NO_HTML : html`<small> of ${formatNumber(row.target)}</small>`;
  return html`<tr><th scope="row" class="c-actor"><a href="${path`/actors/${row.actor}`}">${face(row.actor)}<b>${row.actor}</b>${name}</a></th><td class="c-type">${row.type}</td><td class="c-images n">${mixStrip(row.categories.map(({ before }) => before))}<span>${formatNumber(row.images)}${target}</span></td><td class="c-standing">${chip(row.standing)}${row.reason === 'Balanced' || row.reason === 'OutsideTolerance' ? NO_HTML : html` <span class="why">${reasonWords(row.reason)}</span>`}</td><td class="c-changes n">${changes(row)}</td></tr>`;
}

function changes({ going, coming, fixes }: FleetRow): Html {
  if (going + coming + fixes === 0) return html`<span class="none" aria-label="nothing">·</span>`;
  const minus =
    going === 0 ? NO_HTML : html`<span class="out">−${going}<span class="sr"> to delete</span></span> `;
  const plus =
    coming === 0 ? NO_HTML : html`<span class="in">+${coming}<span class="sr"> to come</span></span>`;
  const drop =
    fixes === 0 ? NO_HTML : html` <span class="fix">×${fixes}<span class="sr"> entries to drop</span></span>`;
  return html`${minus}${plus}${drop}`;
}

function pager(query: FleetQuery, page: number, pages: number): Html {
  const link = (to: number, label: string, rel: string) =>
    to < 1 || to > pages
      ? html`<span class="off">${label}</span>`
      : html`<a href="${fleetAddress(query, { page: to })}" rel="${rel}">${label}</a>`;
  return html`<nav class="pager" id="pager" aria-label="Pages"${pages === 1 ? html` hidden` : NO_HTML}>${link(page - 1, 'Previous', 'prev')}<span>${formatNumber(page)} of ${formatNumber(pages)}</span>${link(page + 1, 'Next', 'next')}</nav>`;
}
