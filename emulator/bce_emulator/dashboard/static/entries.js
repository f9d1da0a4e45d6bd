// Entries of the journal as rows.

import { h, link } from './dom.js';
import { t } from './i18n.js';

export const entryColumns = () => [[t('Time'), 'w-time'], [t('Operation'), 'w-operation'], [t('Status'), 'w-code'], [t('Code'), 'w-error'], [t('Request'), 'w-request'], [t('Account'), 'w-account']];

/** The cells of an entry. */
export const entryCells = (entry) => [
  h('td', { class: 'id' }, entry.time.slice(11, 19)),
  h('td', {}, link(`requests/${entry.requestId}`, entry.operation || `${entry.request.method} ${entry.request.path}`.slice(0, 60))),
  h('td', {}, h('span', { class: `code c${String(entry.status)[0]}` }, String(entry.status))),
  h('td', {}, entry.code, ' ', entry.fault && h('span', { class: 'tag' }, `${t('fault')} ${entry.fault.id}`), entry.unread?.length ? h('span', { class: 'tag warn' }, t('unknown fields: {0}', entry.unread.length)) : null),
  h('td', { class: 'id', title: entry.request.path }, `${entry.request.method} ${entry.request.path}${entry.request.query ? `?${entry.request.query}` : ''}`),
  h('td', {}, entry.account ?? t('nobody'), entry.region ? ` · ${entry.region}` : ''),
];

/** A short table of entries. */
export const entryTable = (entries) => h('div', { class: 'wide', tabindex: 0, role: 'region', 'aria-label': t('Requests') }, h('table', {},
  h('thead', {}, h('tr', {}, entryColumns().map(([title, kind]) => h('th', { scope: 'col', class: kind }, title)))),
  h('tbody', {}, entries.map((entry) => h('tr', {}, entryCells(entry))))));
