// The lifecycles as diagrams made from their tables.

import { call, get } from './api.js';
import { choice, h, notify, put, s } from './dom.js';
import { duration, t } from './i18n.js';
import { kindName } from './resources.js';
import { here } from './session.js';

const isState = (name) => name && !['(same)', '(gone)'].includes(name);

export default async function lifecycles([kind = 'bcc.Instance']) {
  const account = { account: here().account };
  const all = await get('lifecycles', account);
  const chosen = Object.hasOwn(all, kind) ? kind : Object.keys(all)[0];
  const body = h('div');
  async function refresh() {
    const rows = (await get('lifecycles', account))[chosen];
    put(body, diagram(chosen, rows), table(rows));
  }
  function table(rows) {
    return h('div', { class: 'wide', tabindex: 0, role: 'region', 'aria-label': t('Rows') }, h('table', {},
      h('thead', {}, h('tr', {}, [t('Action'), t('Allowed in'), t('Meanwhile'), t('Then'), t('Virtual seconds at pace 1')].map((title) => h('th', { scope: 'col' }, title)))),
      h('tbody', {}, rows.map((row) => h('tr', {}, h('td', { class: 'id' }, row.action), h('td', { title: row.allowed.join(', ') }, row.allowed.join(', ')), h('td', {}, row.meanwhile), h('td', {}, row.then),
        h('td', {}, row.meanwhile === '(same)' && row.then === '(same)' ? '' : h('input', { type: 'number', min: 0, step: 'any', value: String(row.seconds), 'aria-label': `${row.action}: ${t('Virtual seconds at pace 1')}`, async onchange(event) {
          const given = event.target.value;
          try {
            await call('PUT', `lifecycles/${chosen}/${row.action}`, account, { seconds: given === '' ? null : Number(given) });
            notify(t('{0} lasts {1} from the next one on', row.action, given === '' ? t('what the table says') : duration(Number(given))));
          } catch (error) { notify(error.message, 'bad'); }
        } })))))));
  }
  return {
    element: h('div', {},
      h('div', { class: 'row bar' }, h('h1', {}, t('Lifecycles')), choice(Object.keys(all).map((name) => [name, `${name.split('.')[0]} · ${kindName(name)}`]), chosen, (name) => { location.hash = `#/lifecycles/${name}`; }, { 'aria-label': t('Kind') })),
      body),
    refresh,
  };
}

/** States from left to right, by how many actions lead to them. */
function diagram(kind, rows) {
  const moves = new Map();
  const add = (from, to, label, ends) => {
    if (!isState(from) || !isState(to) || from === to) return;
    const key = `${from}\n${to}`;
    const known = moves.get(key) ?? { from, to, labels: [], ends };
    if (!known.labels.includes(label)) known.labels.push(label);
    moves.set(key, known);
  };
  for (const row of rows) {
    for (const from of row.allowed) add(from, isState(row.meanwhile) ? row.meanwhile : row.then, row.action, false);
    add(row.meanwhile, row.then, duration(row.seconds), true);
  }
  const states = [...new Set([...moves.values()].flatMap(({ from, to }) => [from, to]))];
  if (!states.length) return h('p', { class: 'quiet' }, t('It has one status.'));
  const transient = new Set(rows.filter((row) => isState(row.meanwhile) && row.meanwhile !== row.then).map((row) => row.meanwhile));
  const layers = [states.filter((each) => !transient.has(each)), states.filter((each) => transient.has(each))];
  const width = 1000;
  const place = new Map();
  const gap = 44;
  layers.forEach((layer, at) => layer.forEach((name, index) => place.set(name, { x: at ? width - 190 : 40, y: 20 + index * gap + (at ? 0 : 0) })));
  const height = 40 + Math.max(...layers.map((layer) => layer.length)) * gap;
  const edges = [...moves.values()].map(({ from, to, labels, ends }) => {
    const one = place.get(from);
    const other = place.get(to);
    const across = one.x !== other.x;
    const leftwards = other.x < one.x;
    const x1 = across ? (leftwards ? one.x : one.x + 150) : one.x + (one.x < 500 ? 0 : 150);
    const x2 = across ? (leftwards ? other.x + 150 : other.x) : x1;
    const y1 = one.y + (leftwards ? 22 : 12);
    const y2 = other.y + (leftwards ? 22 : 12);
    const bend = across ? (x1 + x2) / 2 : x1 + (one.x < 500 ? -36 : 36);
    return s('path', { d: `M${x1} ${y1} C${bend} ${y1} ${bend} ${y2} ${x2} ${y2}`, class: ends ? 'ends' : 'begins', 'marker-end': 'url(#tip)' }, s('title', {}, `${from} → ${to}: ${labels.join(', ')}`));
  });
  return h('div', { class: 'wide', tabindex: 0, role: 'region', 'aria-label': t('Diagram') }, s('svg', { class: 'diagram', viewBox: `0 0 ${width} ${height}`, role: 'img', 'aria-label': t('Lifecycle of {0}', kindName(kind)) },
    s('defs', {}, s('marker', { id: 'tip', viewBox: '0 0 8 8', refX: 7, refY: 4, markerWidth: 7, markerHeight: 7, orient: 'auto-start-reverse' }, s('path', { d: 'M0 0 8 4 0 8z' }))),
    edges,
    states.map((name) => {
      const { x, y } = place.get(name);
      return s('g', {}, s('rect', { x, y, width: 150, height: 32, rx: 6, class: transient.has(name) ? 'transient' : 'lasting' }), s('text', { x: x + 75, y: y + 21 }, name));
    })));
}
