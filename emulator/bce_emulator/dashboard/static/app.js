// The frame: navigation, account and region, the clock, the stream of events, and the view that the address names.

import { get, onTokenWanted, watch } from './api.js';
import { button, choice, field, form, h, notify, put } from './dom.js';
import { chooseLanguage, language, t } from './i18n.js';
import { here, iso, look, now, readClock, session } from './session.js';

const VIEWS = {
  resources: 'Resources', network: 'Network', requests: 'Requests', time: 'Time', faults: 'Faults', lifecycles: 'Lifecycles', accounts: 'Accounts', reference: 'Reference',
};
const THEMES = ['auto', 'light', 'dark'];
const THEME = 'bce-emulator.theme';
const REFRESH = 120;

let view = null;
let drawn = 0;
let timer = 0;
let waiting = 0;
let busy = false;

const main = h('main', { id: 'main', tabindex: -1 });
const clock = h('a', { id: 'clock', href: '#/time' });
const connection = h('span', { id: 'connection', role: 'status' });
const header = h('header');

/** Have the view look again soon; many reasons at once are one. */
function refresh() {
  waiting ||= setTimeout(async () => {
    waiting = 0;
    if (busy) { refresh(); return; }
    busy = true;
    try {
      await readClock();
      showClock();
      await view?.refresh?.();
    } catch (error) { if (error.status !== 404) notify(error.message, 'bad'); } finally { busy = false; }
    awaitDue(session.clock?.dueIn);
  }, REFRESH);
}

/** Look again when the next thing is due. */
function awaitDue(seconds) {
  clearTimeout(timer);
  if (typeof seconds === 'number') timer = setTimeout(refresh, Math.min(seconds * 1000 + 20, 2 ** 31 - 1));
}

function showClock() {
  const { frozen } = session.clock ?? {};
  put(clock, h('span', { class: frozen ? 'frozen' : 'runs', title: frozen ? t('The clock stands still') : t('The clock runs') }, frozen ? '❄ ' : '▶ '), iso(now()).replace('T', ' '));
}

async function showHeader() {
  const { accounts } = await get('accounts');
  const { regions, region } = await get('regions');
  if (!accounts.some((each) => each.account === session.account)) look({ account: accounts[0].account });
  if (!regions.includes(session.region)) look({ region });
  const nav = h('nav', { 'aria-label': t('Views') }, Object.entries(VIEWS).map(([name, title]) => h('a', { href: `#/${name}`, 'data-view': name }, t(title))));
  put(header,
    h('a', { class: 'skip', href: '#main', onclick: (event) => { event.preventDefault(); main.focus(); } }, t('To the content')),
    h('a', { class: 'brand', href: '#/resources' }, 'bce-emulator'), nav,
    h('div', { class: 'tools' },
      clock,
      choice(accounts.map((each) => each.account), session.account, (account) => { look({ account }); draw(); }, { 'aria-label': t('Account'), id: 'account' }),
      choice(regions, session.region, (chosen) => { look({ region: chosen }); draw(); }, { 'aria-label': t('Region'), id: 'region' }),
      choice([['en', 'English'], ['zh', '中文']], language(), (code) => { chooseLanguage(code); start(); }, { 'aria-label': 'Language / 语言', id: 'language' }),
      choice(THEMES.map((each) => [each, t(each)]), localStorage.getItem(THEME) ?? 'auto', (theme) => { localStorage.setItem(THEME, theme); showTheme(); }, { 'aria-label': t('Theme'), id: 'theme' }),
      connection));
}

function showTheme() {
  const theme = localStorage.getItem(THEME);
  document.documentElement.style.colorScheme = theme === 'light' || theme === 'dark' ? theme : 'light dark';
}

/** A part of the address; one that was typed wrong stands for itself. */
function decoded(part) {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** Show the view that the address names. */
async function draw() {
  const path = location.hash.slice(2).split('/').map(decoded);
  const name = Object.hasOwn(VIEWS, path[0]) ? path[0] : 'resources';
  for (const each of header.querySelectorAll('nav a')) {
    if (each.dataset.view === name) each.setAttribute('aria-current', 'page'); else each.removeAttribute('aria-current');
  }
  const at = (drawn += 1);
  view?.stop?.();
  view = null;
  try {
    await readClock();
    const made = await (await import(`./${name}.js`)).default(path.slice(1));
    if (at !== drawn) { made.stop?.(); return; }
    view = made;
    document.title = `${t(VIEWS[name])} · bce-emulator`;
    main.className = `view-${name}`;
    put(main, made.element);
    await made.refresh?.();
  } catch (error) {
    if (at === drawn) put(main, h('div', { class: 'empty' }, h('p', {}, error.message), button(t('Try again'), draw)));
  }
  showClock();
  awaitDue(session.clock?.dueIn);
}

function askToken() {
  return new Promise((done) => {
    const input = h('input', { type: 'password', autocomplete: 'off', required: true, name: 'token' });
    const dialog = h('dialog', { 'aria-label': t('Admin token') },
      h('h2', {}, t('Admin token')),
      h('p', {}, t('This emulator was started with --admin-token. The token stays in this tab until it is closed.')),
      form(() => { dialog.remove(); done(input.value); }, field(t('Token'), input), h('button', {}, t('Go on'))));
    dialog.addEventListener('cancel', (event) => event.preventDefault());
    document.body.append(dialog);
    dialog.showModal();
  });
}

function happened(name, data) {
  if (name === 'entry') {
    view?.entry?.(data);
    if (data.account !== null && data.account !== here().account && !view?.watchesAll) return;
  }
  refresh();
}

async function start() {
  document.documentElement.lang = language() === 'zh' ? 'zh-CN' : 'en';
  try {
    await showHeader();
    await draw();
  } catch (error) {
    put(main, h('div', { class: 'empty' }, h('p', {}, error.message), button(t('Try again'), start)));
  }
}

showTheme();
onTokenWanted(askToken);
put(document.body, header, h('div', { id: 'notice', role: 'alert' }), main);
addEventListener('hashchange', draw);
addEventListener('redraw', () => start());
setInterval(() => { if (session.clock && !document.hidden) showClock(); }, 1000);
await start();
watch('journal/stream?account=*', happened, (connected) => {
  put(connection, h('span', { class: connected ? 'live' : 'lost', title: connected ? t('Live: what happens is shown at once') : t('The emulator does not answer; trying again') }, connected ? '●' : '○', h('span', { class: 'hidden' }, connected ? t('live') : t('no connection'))));
  if (connected) refresh();
});
