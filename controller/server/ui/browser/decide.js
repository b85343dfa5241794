/* Decisions about pictures by keyboard. It sends the forms that are in the pages, and asks the server to draw the page again. */
import { isTyping, redraw, say } from './live.js';

const gallery = document.getElementById('actor');
const single = document.getElementById('image');
const home = (gallery ?? single)?.dataset.actor;
const categories = ((gallery ?? single)?.dataset.categories ?? '').split(' ').filter(Boolean);
const mayDecide = document.body.dataset.role === 'editor';

/** What takes the last decision back; known when the server has answered. */
let lastUndo;
/** How many are on their way. */
let pending = 0;
/** Decisions go one after the other, so that an undo is always of the one before it. */
let queue = Promise.resolve();

/** The picture that keys are about. */
function current() {
  if (single) return single;
  return document.activeElement?.closest('.card[data-key]') ?? null;
}

async function send(action, fields) {
  lastUndo = undefined;
  const answer = await fetch(action, {
    method: 'POST',
    headers: { accept: 'application/json', 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(fields),
  });
  const said = await answer.json().catch(() => ({}));
  if (!answer.ok) {
    say(said.detail ?? 'That did not work.');
    return;
  }
  lastUndo = said.undo;
  say(said.text, said.undo === undefined ? undefined : undo);
  await redraw();
}

function enqueue(work) {
  pending += 1;
  queue = queue
    .then(work)
    .catch(() => say('The server does not answer. Nothing was decided.'))
    .finally(() => {
      pending -= 1;
    });
}

function undo() {
  enqueue(async () => {
    if (lastUndo !== undefined) await send(lastUndo.action, lastUndo.fields);
  });
}

function decide(picture, verb, fields = {}) {
  enqueue(() => send(`${home}/images/${picture.dataset.key}/${verb}`, fields));
}

/** Asks for a reason; the answer is empty when somebody thinks better of it. */
function ask(picture) {
  const field = document.getElementById('why');
  if (single && field) {
    field.focus();
    return;
  }
  const dialog = document.createElement('dialog');
  dialog.setAttribute('aria-labelledby', 'ask-title');
  const form = document.createElement('form');
  form.method = 'dialog';
  form.className = 'stack';
  const label = document.createElement('label');
  label.id = 'ask-title';
  label.htmlFor = 'ask-why';
  label.textContent = 'This one is bad, because';
  const input = document.createElement('input');
  input.id = 'ask-why';
  input.required = true;
  input.maxLength = 500;
  const reject = document.createElement('button');
  reject.value = 'reject';
  reject.className = 'danger';
  reject.textContent = 'Reject';
  form.append(label, input, reject);
  dialog.append(form);
  document.body.append(dialog);
  dialog.addEventListener('close', () => {
    dialog.remove();
    focusOn(picture.dataset.key);
    if (dialog.returnValue === 'reject' && input.value.trim() !== '')
      decide(picture, 'reject', { reason: input.value });
  });
  dialog.showModal();
}

function focusOn(key) {
  document.querySelector(`.card[data-key="${key}"] .pic`)?.focus();
}

/** Moves to the nearest picture in a direction, as the eye would. */
function move(key) {
  const stops = '.card[data-key] .pic, .card .restore';
  const cards = [...document.querySelectorAll(stops)];
  const from = document.activeElement?.closest('.card')?.querySelector(stops);
  if (!from) {
    cards[0]?.focus();
    return;
  }
  const at = cards.indexOf(from);
  if (key === 'ArrowLeft' || key === 'ArrowRight') {
    cards[at + (key === 'ArrowRight' ? 1 : -1)]?.focus();
    return;
  }
  const here = from.getBoundingClientRect();
  const down = key === 'ArrowDown';
  const beyond = cards
    .map((card) => ({ card, box: card.getBoundingClientRect() }))
    .filter(({ box }) => (down ? box.top > here.bottom - 4 : box.bottom < here.top + 4));
  const line = beyond.reduce(
    (best, { box }) => (down ? Math.min(best, box.top) : Math.max(best, box.top)),
    down ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY,
  );
  const near = beyond
    .filter(({ box }) => Math.abs(box.top - line) < 8)
    .sort((a, b) => Math.abs(a.box.left - here.left) - Math.abs(b.box.left - here.left));
  near[0]?.card.focus();
}

function onKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
  const { key } = event;
  if (key.startsWith('Arrow') && gallery) {
    if (document.querySelector('.card[data-key], .card .restore') === null) return;
    event.preventDefault();
    move(key);
    return;
  }
  if (single && (key === 'ArrowLeft' || key === 'ArrowRight')) {
    document.querySelector(`.crumbs a[rel="${key === 'ArrowRight' ? 'next' : 'prev'}"]`)?.click();
    return;
  }
  if (single && key === 'Escape') document.querySelector('.crumbs a[rel="up"]')?.click();
  if (!mayDecide) return;
  const picture = current();
  if (picture === null) return;
  if (key === 'p') decide(picture, picture.dataset.pinned === '1' ? 'unpin' : 'pin');
  else if (key === 'x') {
    event.preventDefault();
    ask(picture);
  } else if (/^[1-9]$/.test(key)) {
    const category = categories[Number(key) - 1];
    if (category !== undefined && category !== picture.dataset.category)
      decide(picture, 'relabel', { category });
  }
}

/** Buttons on the pictures do the same without a new page. */
function onSubmit(event) {
  const form = event.target;
  const action = new URL(form.action).pathname;
  if (
    !/\/images\/[0-9a-f]+\/(pin|unpin|relabel|reject|withdraw)$/.test(action) &&
    !action.endsWith('/restore')
  )
    return;
  event.preventDefault();
  const fields = [...new FormData(form, event.submitter)];
  enqueue(() => send(action, fields));
}

if (gallery || single) {
  document.addEventListener('keydown', onKey);
  if (mayDecide) document.addEventListener('submit', onSubmit);
  document.addEventListener('undo-asked', (event) => {
    if (!mayDecide || (lastUndo === undefined && pending === 0)) return;
    event.preventDefault();
    undo();
  });
}
