// What there is in a region: a table for each kind, and one resource whole.

import { get } from './api.js';
import { h, link, put } from './dom.js';
import { empty } from './empty.js';
import { count, duration, t } from './i18n.js';
import { here, now } from './session.js';
import { showResource } from './resource.js';
import { Table } from './table.js';

const FIRST = ['bcc.Instance', 'bbc.Instance', 'vpc.Vpc', 'vpc.Subnet', 'eip.Eip', 'blb.LoadBalancer', 'bcc.Volume'];
const SETTLED = new Set(['Running', 'Available', 'InUse', 'available', 'binded', 'active', 'inuse', 'Active', 'attached']);
const STILL = new Set(['Stopped', 'Deleted', 'Recycled', 'unused', 'down']);

/** A status with its colour, and where it is going. */
export function status(row) {
  const kind = row.pending ? 'going' : SETTLED.has(row.status) ? 'settled' : STILL.has(row.status) ? 'still' : /error|expired|fail/i.test(row.status) ? 'wrong' : 'other';
  return h('span', { class: `status ${kind}` }, row.status, row.pending && h('span', { class: 'then' }, ` → ${row.pending.then}`));
}

/** A link to a resource. */
export const resourceLink = ({ kind, id }) => link(`resources/${kind}/${encodeURIComponent(id)}`, id);

/** A kind as people call it. */
export const kindName = (kind) => t(kind) === kind ? kind.split('.')[1].replace(/([a-z0-9])([A-Z])/g, '$1 $2') : t(kind);

const ORDER = ['vpc.Subnet', 'bcc.Instance', 'bbc.Instance', 'vpc.Vpc', 'blb.LoadBalancer', 'vpc.Nic'];
const rank = ({ kind }) => (ORDER.indexOf(kind) + 1 || 9);
function hangsOn(row) {
  const [first, ...rest] = row.refersTo.toSorted((one, other) => rank(one) - rank(other));
  return first ? [resourceLink(first), rest.length ? h('span', { class: 'quiet' }, ` +${rest.length}`) : null] : null;
}

export default async function resources([kind = '', id = '']) {
  if (id) return showResource(kind, id);
  if (kind && !kind.includes('.')) return showResource(undefined, kind);
  const first = await get('resources', { ...here(), limit: 1 });
  const chosen = kind || FIRST.find((each) => first.kinds[each]) || Object.keys(first.kinds)[0] || 'bcc.Instance';
  const search = h('input', { type: 'search', placeholder: t('Search id, name, address, tag'), 'aria-label': t('Search id, name, address, tag'), oninput: () => { clearTimeout(search.timer); search.timer = setTimeout(again, 150); } });
  const statuses = h('select', { 'aria-label': t('Status'), onchange: () => again() }, h('option', { value: '' }, t('every status')));
  const kinds = h('nav', { class: 'kinds', 'aria-label': t('Kinds of resources') });
  const total = h('span', { class: 'quiet', role: 'status' });
  const table = new Table({
    label: kindName(chosen),
    columns: [[t('Status'), 'w-status'], [t('Id'), 'w-id'], [t('Name'), 'w-name'], [t('Addresses'), 'w-addresses'], [t('Age'), 'w-age'], [t('Belongs to'), 'w-refers'], [t('Tags'), 'w-tags']],
    key: (row) => row.id,
    load: async (offset, limit) => {
      const answer = await get('resources', { ...here(), kind: chosen, search: search.value, status: statuses.value, offset, limit });
      showKinds(answer.kinds);
      total.textContent = t('{0} of {1}', count(answer.matching), count(answer.kinds[chosen] ?? 0));
      return { rows: answer.resources, matching: answer.matching };
    },
    cells: (row) => [
      h('td', {}, status(row)), h('td', { class: 'id' }, resourceLink(row)), h('td', { title: row.name }, row.name),
      h('td', { class: 'id', title: row.addresses.join(', ') }, row.addresses.slice(0, 3).join(', ')),
      h('td', { title: row.created }, duration((now() - Date.parse(row.created)) / 1000)),
      h('td', { class: 'id', title: row.refersTo.map((each) => `${kindName(each.kind)} ${each.id}`).join('\n') }, hangsOn(row)),
      h('td', { title: row.tags.map((tag) => `${tag.tagKey}=${tag.tagValue}`).join('\n') }, row.tags.slice(0, 3).map((tag) => h('span', { class: 'tag' }, `${tag.tagKey}=${tag.tagValue}`))),
    ],
    empty: () => (search.value || statuses.value ? h('p', {}, t('Nothing matches the search.')) : empty(kindName(chosen))),
  });
  function again() { table.element.scrollTop = 0; return table.refresh(); }
  function showKinds(found) {
    const known = Object.keys({ ...found, [chosen]: 0 });
    const text = JSON.stringify([found, chosen]);
    if (kinds.dataset.said === text) return;
    kinds.dataset.said = text;
    const products = Object.groupBy(known, (each) => each.split('.')[0]);
    put(kinds, Object.entries(products).map(([product, names]) => h('div', {}, h('h3', {}, product.toUpperCase()),
      names.sort().map((name) => h('a', { href: `#/resources/${name}`, 'aria-current': name === chosen ? 'page' : undefined }, h('span', {}, kindName(name)), h('span', { class: 'count' }, count(found[name] ?? 0)))))));
  }
  get('lifecycles').then((all) => {
    const names = [...new Set((all[chosen] ?? []).flatMap((row) => [...row.allowed, row.meanwhile, row.then]))].filter((name) => name && !name.startsWith('('));
    statuses.append(...names.sort().map((name) => h('option', { value: name }, name)));
  });
  return {
    element: h('div', { class: 'split' }, kinds, h('section', { class: 'fills' },
      h('div', { class: 'row bar' }, h('h1', {}, kindName(chosen)), total, search, statuses), table.element)),
    refresh: () => table.refresh(),
  };
}
