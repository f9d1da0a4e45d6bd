// The journal as it happens, and one request whole: why its signature failed, and how to send it again.

import { get } from './api.js';
import { button, copy, h, json, link, put } from './dom.js';
import { empty } from './empty.js';
import { entryCells, entryColumns } from './entries.js';
import { count, t } from './i18n.js';
import { Table } from './table.js';

const KEPT = 1000;
const CODES = { curl: 'curl', python: 'Python', go: 'Go', java: 'Java' };

export default async function requests([id = '']) {
  return id ? showRequest(id) : list();
}

async function list() {
  const answer = await get('journal', { account: '*', limit: 200 });
  const entries = answer.entries.toReversed();
  const known = new Set(entries.map((entry) => entry.requestId));
  const search = h('input', { type: 'search', placeholder: t('Search operation, status, code, path'), 'aria-label': t('Search operation, status, code, path'), oninput: () => table.refresh() });
  const refusedOnly = h('input', { type: 'checkbox', onchange: () => table.refresh() });
  const total = h('span', { class: 'quiet', role: 'status' });
  const table = new Table({
    label: t('Requests'),
    columns: entryColumns(),
    key: (entry) => entry.requestId,
    load: async (offset, limit) => {
      const part = search.value.toLowerCase();
      const rows = entries.filter((entry) => (!refusedOnly.checked || entry.status >= 400) && (!part || text(entry).includes(part)));
      total.textContent = t('{0} of {1}', count(rows.length), count(entries.length));
      return { rows: rows.slice(offset, offset + limit), matching: rows.length };
    },
    cells: entryCells,
    empty: () => (entries.length ? h('p', {}, t('Nothing matches the search.')) : empty(t('Requests'))),
  });
  return {
    element: h('section', { class: 'fills' },
      h('div', { class: 'row bar' }, h('h1', {}, t('Requests')), total, search, h('label', {}, refusedOnly, ' ', t('refused only'))), table.element),
    watchesAll: true,
    entry(entry) {
      if (known.has(entry.requestId)) return;
      known.add(entry.requestId);
      entries.unshift(entry);
      if (entries.length > KEPT) known.delete(entries.pop().requestId);
    },
    refresh: () => table.refresh(),
  };
}

const text = (entry) => `${entry.operation} ${entry.status} ${entry.code} ${entry.request.method} ${entry.request.path}?${entry.request.query} ${entry.requestId} ${entry.account}`.toLowerCase();

async function showRequest(id) {
  const entry = await get(`requests/${id}`);
  const explanation = entry.explanation ? await get(`requests/${id}/explain`).catch(() => null) : null;
  const code = h('div');
  let shown = 'curl';
  async function showCode(which) {
    shown = which;
    const texts = await get(`requests/${id}/code`);
    put(code, h('div', { class: 'row' }, Object.entries(CODES).map(([name, title]) => button(title, () => showCode(name), { 'aria-pressed': String(name === which) })),
      button(t('Copy'), () => copy(texts[which], t('Copied')))), h('pre', { tabindex: 0, id: 'code' }, texts[which]));
  }
  await showCode(shown);
  return {
    element: h('div', {},
      h('p', { class: 'path' }, link('requests', t('Requests'))),
      h('h1', {}, entry.operation || t('Unknown operation'), ' ', h('small', { class: 'id' }, entry.requestId)),
      h('p', {}, h('span', { class: `code c${String(entry.status)[0]}` }, String(entry.status)), ' ', entry.code, ' · ', entry.time, ' · ', entry.account ?? t('nobody'), entry.region ? ` · ${entry.region}` : '',
        entry.fault ? h('span', { class: 'tag' }, `${t('fault')} ${entry.fault.id}: ${entry.fault.effect}`) : null),
      explanation ? showExplanation(explanation) : null,
      entry.unread?.length ? [h('h2', {}, t('Fields that the operation does not know')), h('ul', {}, entry.unread.map((each) => h('li', {}, h('code', {}, each.member), ` (${each.in})`, each.nearest ? [` — ${t('nearest:')} `, h('code', {}, each.nearest)] : null, each.belongsIn ? ` — ${t('belongs in:')} ${each.belongsIn}` : null)))] : null,
      h('div', { class: 'columns' },
        h('section', {}, h('h2', {}, t('Request')), h('pre', { tabindex: 0 }, `${entry.request.method} ${entry.request.path}${entry.request.query ? `?${entry.request.query}` : ''}\n${entry.request.headers.map(([name, value]) => `${name}: ${value}`).join('\n')}`),
          entry.request.body === null ? null : typeof entry.request.body === 'string' ? h('pre', { tabindex: 0 }, entry.request.body) : json(entry.request.body)),
        h('section', {}, h('h2', {}, t('Answer')), json(entry.answer))),
      h('h2', {}, t('Send it again')), code),
  };
}

/** Two texts with what differs between them marked: what is before and behind is the same. */
function marked(one, other) {
  if (one === null) return h('span', { class: 'quiet' }, t('(none)'));
  if (other === null || one === other) return one;
  let start = 0;
  while (start < one.length && one[start] === other[start]) start += 1;
  let end = 0;
  while (end < Math.min(one.length, other.length) - start && one[one.length - 1 - end] === other[other.length - 1 - end]) end += 1;
  const middle = one.slice(start, one.length - end);
  return [one.slice(0, start), h('mark', {}, middle || '␣'), one.slice(one.length - end)];
}

function showExplanation(found) {
  const row = (part, ours, theirs, same) => h('tr', { class: same === false ? 'differs' : '' },
    h('th', { scope: 'row' }, part), h('td', { class: 'id' }, marked(ours, theirs)), h('td', { class: 'id' }, found.canonicalRequest.client === null ? h('span', { class: 'quiet' }, t('(not known)')) : marked(theirs, ours)));
  return h('section', { class: 'explanation' },
    h('h2', {}, t('Why the signature did not match')),
    h('p', {}, h('code', { id: 'mistake' }, found.mistake), ' — ', found.means),
    found.detail ? h('p', { class: 'quiet' }, found.detail) : null,
    h('p', {}, h('strong', {}, t('Remedy:')), ' ', found.remedy),
    h('div', { class: 'wide', tabindex: 0, role: 'region', 'aria-label': t('Canonical requests') }, h('table', { class: 'small compared' },
      h('thead', {}, h('tr', {}, h('th', { scope: 'col' }, t('Part')), h('th', { scope: 'col' }, t('The emulator signs')), h('th', { scope: 'col' }, t('The client signed')))),
      h('tbody', {}, row(t('signing key of'), found.signingKeyOf.emulator, found.signingKeyOf.client, found.signingKeyOf.client === null || found.signingKeyOf.emulator === found.signingKeyOf.client),
        found.sideBySide.map((line) => row(line.part, line.emulator, line.client, line.same))))));
}
