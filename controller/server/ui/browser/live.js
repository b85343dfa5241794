/*
 * What every page has: keeps what it shows up to date, says when the connection is lost, shows times in the reader's zone, opens the help.
 * A page is whole without it.
 */
document.documentElement.classList.add('scripted');

const link = document.getElementById('link');
const toast = document.getElementById('toast');

export function isTyping(target) {
  return target instanceof Element && target.closest('input, textarea, select, dialog[open]') !== null;
}

/** Shows a sentence for a while; `undo` is called when somebody wants it back. */
export function say(text, undo) {
  toast.replaceChildren(document.createTextNode(text));
  if (undo !== undefined) {
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = 'Undo (u)';
    button.addEventListener('click', undo);
    toast.append(button);
  }
  clearTimeout(say.timer);
  say.timer = setTimeout(() => toast.replaceChildren(), undo === undefined ? 5000 : 12000);
}

function localTimes(place) {
  const whole = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });
  const short = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short' });
  for (const element of place.querySelectorAll('time[datetime]')) {
    const date = new Date(element.dateTime);
    if (!Number.isNaN(date.getTime())) {
      element.title = element.dateTime;
      element.textContent = ('day' in element.dataset ? short : whole).format(date);
    }
  }
}

/** Draws the parts of the page that may have changed once more, as the server would now. What somebody is using stays. */
export async function redraw() {
  const answer = await fetch(location.href, { headers: { accept: 'text/html' } });
  if (!answer.ok || answer.redirected) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html');
  for (const part of document.querySelectorAll('[data-live]')) {
    const now = fresh.querySelector(`[data-live="${part.dataset.live}"]`);
    if (now === null || part.querySelector('details.act[open], input:focus') !== null) continue;
    replaceKept(part, now);
  }
  document.dispatchEvent(new CustomEvent('redrawn'));
}

/** Keeps the focus and what is unfolded, and does not touch what is the same: pictures do not flicker. */
function replaceKept(part, now) {
  localTimes(now);
  if (part.innerHTML === now.innerHTML) return;
  const focused = part.contains(document.activeElement) ? document.activeElement : null;
  const address = focused?.getAttribute('href');
  const open = [...part.querySelectorAll('details[open][id]')].map((details) => details.id);
  part.replaceChildren(...now.childNodes);
  for (const id of open) document.getElementById(id)?.setAttribute('open', '');
  if (address)
    [...part.querySelectorAll('a')]
      .find((other) => other.getAttribute('href') === address)
      ?.focus({ preventScroll: true });
}

function follow() {
  if (!link) return;
  const source = new EventSource('/live');
  let first = true;
  let waiting;
  source.addEventListener('changed', (event) => {
    document.dispatchEvent(new CustomEvent('fleet-changed', { detail: Number(event.data) }));
    if (!first) {
      clearTimeout(waiting);
      waiting = setTimeout(() => redraw().catch(() => {}), 250);
    }
    first = false;
  });
  source.addEventListener('open', () => tell('on', 'live'));
  source.addEventListener('error', () => tell('lost', 'connection lost'));
  addEventListener('pagehide', () => source.close());
}

function tell(state, text) {
  link.dataset.state = state;
  if (link.textContent !== text) link.textContent = text;
}

function openHelp() {
  document.getElementById('help')?.showModal();
}

/** Some keys lead to what can be decided on a page, some do it: what can be undone, or harms nobody. */
function press(key) {
  if (document.body.dataset.role !== 'editor') return false;
  const todo = document.querySelector(`[data-do="${key}"]`);
  if (todo) {
    todo.click();
    return true;
  }
  const place = document.querySelector(`[data-go="${key}"]`);
  if (!place) return false;
  if (place.matches('summary')) place.parentElement.open = true;
  const target = place.matches('summary') ? place.parentElement.querySelector('input') : place;
  target.focus();
  target.scrollIntoView({ block: 'nearest' });
  return true;
}

function undo() {
  const isTaken = !document.dispatchEvent(new CustomEvent('undo-asked', { cancelable: true }));
  if (!isTaken) document.querySelector('.notice form button')?.click();
}

/** Whoever unfolds a question wants to answer it. */
document.addEventListener(
  'toggle',
  ({ target }) => {
    if (target.matches('details.act[open]')) target.querySelector('input')?.focus();
  },
  true,
);
document.querySelector('[data-open="help"]')?.addEventListener('click', openHelp);
document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
  if (event.key === '?') {
    event.preventDefault();
    openHelp();
  } else if (event.key === '/') {
    event.preventDefault();
    const field = document.getElementById('find');
    if (field) field.focus();
    else location.assign('/#find');
  } else if (event.key === 'u') {
    undo();
  } else if (/^[abrsx]$/.test(event.key)) {
    if (press(event.key)) event.preventDefault();
  } else if (event.key === 'j' || event.key === 'k') {
    document.querySelector(`.crumbs a[rel="${event.key === 'j' ? 'next' : 'prev'}"]`)?.click();
  }
});
localTimes(document);
if (location.hash === '#find') document.getElementById('find')?.focus();
follow();
