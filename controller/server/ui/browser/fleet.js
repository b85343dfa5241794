/* Filters, sorts and pages through the whole fleet without asking the server: ten thousand rows are sent once. */
const STANDINGS = [
  ['failing', 'Failing'],
  ['off', 'Out of balance'],
  ['waiting', 'Waiting'],
  ['balanced', 'Balanced'],
];
const PAGE_ROWS = 50;
const COLOURS = 8;

const place = document.getElementById('fleet');
const form = document.querySelector('.filters');
const body = document.getElementById('rows');
const found = document.getElementById('found');
const pager = document.getElementById('pager');

let fleet;
let rows = [];
let state = readState();

function readState() {
  const search = new URLSearchParams(location.search);
  return {
    q: search.get('q') ?? '',
    standing: search.get('standing') ?? '',
    reason: search.get('reason') ?? '',
    type: search.get('type') ?? '*',
    sort: search.get('sort') ?? 'standing',
    order: search.get('order') ?? 'asc',
    page: Math.max(1, Number(search.get('page')) || 1),
  };
}

function address() {
  const search = new URLSearchParams();
  const defaults = { q: '', standing: '', reason: '', type: '*', sort: 'standing', order: 'asc', page: 1 };
  for (const [name, value] of Object.entries(state))
    if (value !== defaults[name]) search.set(name, String(value));
  const text = search.toString();
  return text === '' ? '/' : `/?${text}`;
}

async function load() {
  const answer = await fetch(place.dataset.rows, { cache: 'no-cache' });
  if (!answer.ok) return;
  fleet = await answer.json();
  rows = fleet.rows.map(
    ([actor, name, type, standing, reason, images, target, going, coming, fixes, counts]) => ({
      actor,
      name,
      type: fleet.types[type],
      standing,
      reason: fleet.reasons[reason],
      images,
      target,
      going,
      coming,
      fixes,
      counts,
      words: `${actor} ${name} ${fleet.types[type]}`.toLowerCase(),
    }),
  );
  place.dataset.ready = '1';
}

const KEYS = {
  standing: (row) => row.standing,
  actor: (row) => row.actor,
  name: (row) => row.name.toLowerCase(),
  type: (row) => row.type,
  images: (row) => row.images,
  changes: (row) => -(row.going + row.coming + row.fixes),
};

function select() {
  const words = state.q.toLowerCase().split(/\s+/).filter(Boolean);
  const standing = STANDINGS.findIndex(([name]) => name === state.standing);
  const fitting = rows.filter(
    (row) =>
      (standing < 0 || row.standing === standing) &&
      (state.type === '*' || row.type === state.type) &&
      (state.reason === '' || row.reason === state.reason) &&
      words.every((word) => row.words.includes(word)),
  );
  const key = KEYS[state.sort] ?? KEYS.standing;
  const sign = state.order === 'desc' ? -1 : 1;
  const compare = (a, b) => (a < b ? -1 : a > b ? 1 : 0);
  return fitting.sort((a, b) => sign * compare(key(a), key(b)) || compare(a.actor, b.actor));
}

function draw() {
  const started = performance.now();
  const fitting = select();
  const pages = Math.max(1, Math.ceil(fitting.length / PAGE_ROWS));
  state.page = Math.min(state.page, pages);
  body.replaceChildren(...fitting.slice((state.page - 1) * PAGE_ROWS, state.page * PAGE_ROWS).map(drawRow));
  found.textContent = `${fitting.length.toLocaleString('en')} ${fitting.length === 1 ? 'actor' : 'actors'}`;
  drawPager(pages);
  drawHeadings();
  place.dataset.took = String(Math.round(performance.now() - started));
}

function element(name, look, ...children) {
  const made = document.createElement(name);
  if (look) made.className = look;
  made.append(...children);
  return made;
}

function drawRow(row) {
  const address = `/actors/${encodeURIComponent(row.actor)}`;
  const link = element('a', '', drawFace(address), element('b', '', row.actor));
  link.href = address;
  if (row.name !== '') link.append(' ', element('span', 'name', row.name));
  const head = element('th', 'c-actor', link);
  head.scope = 'row';
  const [look, word] = STANDINGS[row.standing];
  const condition = element('td', 'c-standing', element('span', `chip ${look}`, word));
  if (!['Balanced', 'OutsideTolerance'].includes(row.reason))
    condition.append(' ', element('span', 'why', reasonWords(row.reason)));
  const images = element('span', '', row.images.toLocaleString('en'));
  if (row.target > 0) images.append(element('small', '', ` of ${row.target.toLocaleString('en')}`));
  return element(
    'tr',
    '',
    head,
    element('td', 'c-type', row.type),
    element('td', 'c-images n', drawStrip(row.counts), images),
    condition,
    drawChanges(row),
  );
}

function drawFace(address) {
  const picture = element('img');
  Object.assign(picture, { alt: '', width: 44, height: 44, loading: 'lazy', decoding: 'async' });
  picture.src = `${address}/face.webp`;
  return element('span', 'face', picture);
}

function drawStrip(counts) {
  const total = counts.reduce((sum, count) => sum + count, 0);
  const strip = element('span', 'strip');
  strip.setAttribute('aria-hidden', 'true');
  counts.forEach((count, index) => {
    if (count > 0) strip.append(element('i', `k${index % COLOURS} v${Math.round((100 * count) / total)}`));
  });
  return strip;
}

function drawChanges({ going, coming, fixes }) {
  const cell = element('td', 'c-changes n');
  if (going + coming + fixes === 0) {
    const none = element('span', 'none', '·');
    none.setAttribute('aria-label', 'nothing');
    cell.append(none);
  }
  if (going > 0) cell.append(element('span', 'out', `−${going}`, element('span', 'sr', ' to delete')), ' ');
  if (coming > 0) cell.append(element('span', 'in', `+${coming}`, element('span', 'sr', ' to come')));
  if (fixes > 0)
    cell.append(' ', element('span', 'fix', `×${fixes}`, element('span', 'sr', ' entries to drop')));
  return cell;
}

function reasonWords(reason) {
  const words = reason.replace(/(?<=[a-z])(?=[A-Z])/g, ' ').toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function drawPager(pages) {
  pager.hidden = pages === 1;
  const step = (label, page) => {
    if (page < 1 || page > pages) return element('span', 'off', label);
    const link = element('a', '', label);
    link.href = '#fleet';
    link.dataset.page = String(page);
    return link;
  };
  const middle = `${state.page.toLocaleString('en')} of ${pages.toLocaleString('en')}`;
  pager.replaceChildren(
    step('Previous', state.page - 1),
    element('span', '', middle),
    step('Next', state.page + 1),
  );
}

function drawHeadings() {
  for (const link of place.querySelectorAll('thead [data-sort]')) {
    const head = link.parentElement;
    if (link.dataset.sort !== state.sort) head.removeAttribute('aria-sort');
    else head.setAttribute('aria-sort', state.order === 'desc' ? 'descending' : 'ascending');
  }
}

function change(next) {
  state = { ...state, page: 1, ...next };
  history.replaceState(null, '', address());
  draw();
}

async function start() {
  await load();
  if (fleet === undefined) return;
  form.addEventListener('input', () => {
    change({
      q: form.q.value,
      standing: form.standing.value,
      reason: form.reason.value,
      type: form.type.value,
    });
  });
  form.addEventListener('submit', (event) => event.preventDefault());
  place.querySelector('thead').addEventListener('click', (event) => {
    const link = event.target.closest('[data-sort]');
    if (link === null || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const again = link.dataset.sort === state.sort && state.order === 'asc';
    change({ sort: link.dataset.sort, order: again ? 'desc' : 'asc' });
  });
  pager.addEventListener('click', (event) => {
    const link = event.target.closest('[data-page]');
    if (link === null) return;
    event.preventDefault();
    change({ page: Number(link.dataset.page) });
    place.scrollIntoView();
  });
  document.addEventListener('fleet-changed', async ({ detail }) => {
    if (detail === fleet.version) return;
    await load();
    draw();
  });
  if (String(fleet.version) !== place.dataset.version || state.page > 1) draw();
}

if (place !== null) start();
