// The clock of the account, and what is due when.

import { call, get } from './api.js';
import { button, form, field, h, notify, put, s } from './dom.js';
import { count, duration, t } from './i18n.js';
import { kindName, resourceLink } from './resources.js';
import { here, iso, now, session } from './session.js';

export default async function time() {
  const account = () => ({ account: here().account });
  const seconds = h('input', { type: 'number', min: 0, step: 'any', value: '60', required: true });
  const moment = h('input', { value: iso(now()), size: 22, pattern: '\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ', required: true });
  const pace = h('input', { type: 'number', min: 0, step: 'any', value: String(session.clock.pace), required: true });
  const said = h('div');
  const due = h('div');
  const shownTime = h('p', { class: 'time', role: 'status' });
  const freezing = h('span');
  const tick = setInterval(showTime, 500);

  function showTime() { shownTime.textContent = iso(now()).replace('T', ' '); }

  async function advance(body) {
    const answer = await call('POST', 'clock/advance', account(), body);
    put(said, h('h2', {}, t('Came due')), answer.due.length ? h('ul', { class: 'plain id' }, answer.due.slice(-100).map((each) => h('li', {}, each))) : h('p', { class: 'quiet' }, t('Nothing')));
    await refresh();
  }
  async function change(body) {
    session.clock = await call('PUT', 'clock', account(), body);
    session.read = Date.now();
    await refresh();
  }
  async function refresh() {
    const agenda = await get('clock/due', { ...account(), limit: 200 });
    session.clock = await get('clock', account());
    session.read = Date.now();
    showTime();
    put(freezing, session.clock.frozen ? button(t('Let it run'), () => change({ frozen: false })) : button(t('Freeze'), () => change({ frozen: true })));
    put(due, agenda.due.length ? [timeline(agenda), list(agenda)] : h('p', { class: 'quiet' }, t('Nothing is due. A transition that a client starts appears here.')));
  }
  return {
    element: h('div', {},
      h('h1', {}, t('The clock of {0}', here().account)), shownTime,
      h('div', { class: 'row' }, freezing,
        [[60, '+1 min'], [3_600, '+1 h'], [86_400, '+1 d']].map(([by, title]) => button(title, () => advance({ seconds: by }))),
        button(t('Until idle'), () => advance({ until: 'idle' }), { title: t('Until no transition is under way') })),
      form(() => advance({ seconds: Number(seconds.value) }), field(t('Advance by seconds'), seconds), h('button', {}, t('Advance'))),
      form(() => change({ now: moment.value }), field(t('Set to'), moment), h('button', {}, t('Set'))),
      form(async () => { await change({ pace: Number(pace.value) }); notify(t('The pace is set')); }, field(t('Pace: what the seconds of transitions are multiplied with'), pace), h('button', {}, t('Set'))),
      said, h('h2', {}, t('Due')), due),
    refresh,
    stop: () => clearInterval(tick),
  };
}

function list(agenda) {
  const at = Date.parse(agenda.now);
  return h('div', { class: 'wide', tabindex: 0, role: 'region', 'aria-label': t('Due') }, h('table', {},
    h('thead', {}, h('tr', {}, [t('In'), t('Moment'), t('Kind'), t('Id'), t('Action'), t('Then'), t('Region')].map((title) => h('th', { scope: 'col' }, title)))),
    h('tbody', {}, agenda.due.map((each) => h('tr', {},
      h('td', {}, duration((Date.parse(each.moment) - at) / 1000)), h('td', { class: 'id' }, each.moment), h('td', {}, kindName(each.kind)),
      h('td', { class: 'id' }, resourceLink(each)), h('td', {}, each.action), h('td', {}, each.then ?? h('span', { class: 'quiet' }, t('planned'))), h('td', {}, each.region))))),
  agenda.matching > agenda.due.length ? h('p', { class: 'quiet' }, t('{0} more', count(agenda.matching - agenda.due.length))) : null);
}

/** A line of what is due, on a scale that shows seconds and years. */
function timeline(agenda) {
  const start = Date.parse(agenda.now);
  const ahead = agenda.due.map((each) => Math.max(0, (Date.parse(each.moment) - start) / 1000));
  const scale = Math.log1p(Math.max(60, ...ahead));
  const x = (seconds) => 20 + (Math.log1p(seconds) / scale) * 940;
  const marks = [1, 10, 60, 600, 3_600, 36_000, 86_400, 864_000, 2_592_000, 31_536_000].filter((each) => Math.log1p(each) <= scale);
  const rows = new Map();
  return s('svg', { class: 'timeline', viewBox: '0 0 1000 150', role: 'img', 'aria-label': t('What is due when') },
    s('line', { x1: 20, x2: 980, y1: 120, y2: 120, class: 'axis' }),
    marks.map((each) => [s('line', { x1: x(each), x2: x(each), y1: 116, y2: 124, class: 'axis' }), s('text', { x: x(each), y: 140, class: 'scale' }, duration(each))]),
    agenda.due.map((each, at) => {
      const place = Math.round(x(ahead[at]) / 12);
      const level = rows.get(place) ?? 0;
      rows.set(place, level + 1);
      return level > 8 ? null : s('circle', { cx: x(ahead[at]), cy: 108 - level * 12, r: 5, class: each.planned ? 'planned' : 'due' }, s('title', {}, `${each.moment} ${each.id} ${each.action}${each.then ? ` → ${each.then}` : ''}`));
    }));
}
