import MiniSearch from '/docs/minisearch.js';

const MAX_RESULTS = 12;
const input = document.querySelector('#search');
const list = document.querySelector('#results');
const menu = document.querySelector('.menu');
let chosen = -1;
let index;

/** Loaded on the first search. */
const loadIndex = async () => {
  const entries = await (await fetch('/docs/search.json')).json();
  const search = new MiniSearch({
    idField: 'id',
    fields: ['title', 'place', 'text'],
    storeFields: ['kind', 'title', 'place', 'url'],
    searchOptions: {
      boost: { title: 4, place: 2 },
      prefix: true,
      boostDocument: (_id, _term, { kind }) => (kind === 'guide' ? 2 : 1),
      fuzzy: (word) => (word.length > 4 ? 0.2 : 0),
    },
  });
  search.addAll(entries.map((entry, id) => ({ ...entry, id })));
  return search;
};

const element = (name, className, text) =>
  Object.assign(document.createElement(name), { className, textContent: text });

const resultOf = ({ kind, title, place, url }) => {
  const link = Object.assign(document.createElement('a'), { className: 'result', href: url });
  link.append(
    element('span', `kind ${kind}`, kind),
    element('span', 'title', title),
    element('span', 'place', place),
  );
  const item = document.createElement('li');
  item.append(link);
  return item;
};

const show = async () => {
  const phrase = input.value.trim();
  index ??= loadIndex();
  const search = await index;
  if (phrase !== input.value.trim()) return;
  const all = search.search(phrase, { combineWith: 'AND' });
  const found = (all.length ? all : search.search(phrase)).slice(0, MAX_RESULTS);
  const items = found.map(resultOf);
  list.replaceChildren(...(items.length ? items : [element('li', 'none', 'Nothing found')]));
  list.hidden = !phrase;
  choose(items.length ? 0 : -1);
};

const links = () => [...list.querySelectorAll('a')];

const choose = (at) => {
  chosen = at;
  for (const [position, link] of links().entries()) link.classList.toggle('chosen', position === at);
  links()[at]?.scrollIntoView({ block: 'nearest' });
};

const close = () => {
  list.hidden = true;
  input.blur();
};

input.addEventListener('input', show);
input.addEventListener('focus', () => input.value.trim() && show());
input.form.addEventListener('submit', (event) => {
  event.preventDefault();
  links()[chosen]?.click();
});
input.addEventListener('keydown', (event) => {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (event.key === 'Escape') close();
  if (!step || !links().length) return;
  event.preventDefault();
  choose((chosen + step + links().length) % links().length);
});
list.addEventListener('click', close);
document.addEventListener('click', ({ target }) => {
  if (!input.form.contains(target)) list.hidden = true;
});
document.addEventListener('keydown', (event) => {
  if (event.key !== '/' || /input|textarea|select/i.test(event.target.tagName)) return;
  event.preventDefault();
  input.focus();
});

const toggleMenu = (isOpen) => {
  document.body.classList.toggle('menu-open', isOpen);
  menu.setAttribute('aria-expanded', String(isOpen));
};
menu.addEventListener('click', () => toggleMenu(!document.body.classList.contains('menu-open')));
document
  .querySelector('#nav')
  .addEventListener('click', ({ target }) => target.closest('a') && toggleMenu(false));

for (const block of document.querySelectorAll('article pre')) {
  const button = element('button', 'copy', 'Copy');
  button.type = 'button';
  button.addEventListener('click', async () => {
    await navigator.clipboard.writeText(block.textContent);
    button.textContent = 'Copied';
    setTimeout(() => (button.textContent = 'Copy'), 1500);
  });
  // Outside the element that scrolls, so that the button stays in place.
  const box = element('div', 'code', '');
  block.replaceWith(box);
  box.append(block, button);
}

// Highlighting runs in the browser, because in the server it would cost every process memory.
if (document.querySelector('article pre')) import('/docs/colours.js');
