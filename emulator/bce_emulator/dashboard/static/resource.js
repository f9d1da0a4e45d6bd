// One resource: its fields, what its status allows, what it belongs to, and its history.

import { call, get } from './api.js';
import { choice, form, h, json, link, notify, put, button } from './dom.js';
import { duration, t } from './i18n.js';
import { kindName, resourceLink, status } from './resources.js';
import { entryTable } from './entries.js';
import { here, now } from './session.js';

const references = (title, each) => [h('h2', {}, title), each.length
  ? h('ul', { class: 'plain' }, each.slice(0, 200).map((other) => h('li', {}, h('span', { class: 'quiet' }, kindName(other.kind)), ' ', resourceLink(other))))
  : h('p', { class: 'quiet' }, t('Nothing'))];

function actions(resource) {
  if (!resource.actions.length) return h('p', { class: 'quiet' }, t('This kind has one status and no actions.'));
  const sorted = resource.actions.toSorted((one, other) => other.allowed - one.allowed);
  return h('table', { class: 'small' }, h('tbody', {}, sorted.map((each) => h('tr', {},
    h('td', {}, h('span', { class: each.allowed ? 'yes' : 'no' }, each.allowed ? '✓' : '✕', h('span', { class: 'hidden' }, each.allowed ? t('allowed') : t('refused')))),
    h('td', { class: 'id' }, each.action),
    each.allowed
      ? h('td', {}, each.then === '(same)' && each.meanwhile === '(same)' ? t('status stays') : `${each.meanwhile} → ${each.then}`, ' ', h('span', { class: 'quiet' }, each.seconds ? duration(each.seconds) : ''))
      : h('td', {}, `${each.refusal.status} `, h('code', {}, each.refusal.code), h('div', { class: 'quiet' }, each.refusal.message))))));
}

function statusForm(resource, again) {
  const chosen = choice(resource.statuses, resource.state, null, { name: 'status', 'aria-label': t('Status') });
  return form(async () => {
    await call('PUT', `resources/${encodeURIComponent(resource.id)}`, { ...here(), kind: resource.kind }, { status: chosen.value });
    notify(t('The status is set'));
    await again();
  }, chosen, h('button', {}, t('Set the status')));
}

/** The view of one resource. */
export function showResource(kind, id) {
  const body = h('div', { class: 'resource' });
  const history = h('div');
  let shown = '';
  async function refresh() {
    const answer = await get('journal', { account: here().account, resource: id, limit: 50 });
    put(history, answer.entries.length ? entryTable(answer.entries.toReversed()) : h('p', { class: 'quiet' }, t('The journal has no request about it.')));
    let resource;
    try {
      resource = await get(`resources/${encodeURIComponent(id)}`, { ...here(), kind });
    } catch (error) {
      if (error.status !== 404) throw error;
      shown = '';
      put(body, h('h1', {}, id), h('p', {}, t('It is not there, or no longer.')), h('h2', {}, t('History')), history);
      return;
    }
    const text = JSON.stringify({ ...resource, dueIn: 0 });
    if (text === shown) return;
    shown = text;
    const due = resource.pending && (Date.parse(resource.pending.due) - now()) / 1000;
    put(body,
      h('p', { class: 'path' }, link(`resources/${resource.kind}`, kindName(resource.kind))),
      h('h1', {}, resource.name || id, ' ', h('small', { class: 'id' }, resource.name ? id : '')),
      h('p', { class: 'big', role: 'status' }, status(resource), resource.pending && h('span', { class: 'quiet' }, ` ${resource.pending.action} · ${t('due in')} ${duration(due)}`)),
      h('div', { class: 'columns' },
        h('section', {}, h('h2', {}, t('What its status allows')), actions(resource),
          h('h2', {}, t('Whatever the lifecycle says')), statusForm(resource, refresh),
          resource.timers.length ? [h('h2', {}, t('Planned')), h('ul', { class: 'plain' }, resource.timers.map((timer) => h('li', {}, timer.action, ' ', h('span', { class: 'quiet' }, timer.due))))] : null,
          references(t('Belongs to'), resource.refersTo), references(t('Is named by'), resource.referredToBy),
          kind === 'vpc.Vpc' ? h('p', {}, link(`network/${id}`, t('Picture of this network'))) : null),
        h('section', {}, h('h2', {}, t('Fields')), json(resource.fields), button(t('Fault for the next call about it'), () => { location.hash = `#/faults/${id}`; }))),
      h('h2', {}, t('History')), history);
  }
  return { element: body, refresh };
}
