// What is planned to go wrong.

import { call, get } from './api.js';
import { button, choice, field, form, h, notify, put } from './dom.js';
import { t } from './i18n.js';
import { here } from './session.js';

export default async function faults([resource = '']) {
  const account = { account: here().account };
  const operations = (await get('operations')).filter((each) => each.emulated);
  const lifecycles = await get('lifecycles', account);
  const named = new Map();
  for (const each of operations) named.set(named.has(each.name) ? `${each.product}.${each.name}` : each.name, each);
  const states = [...new Set(Object.values(lifecycles).flat().flatMap((row) => [row.then, row.meanwhile]))].filter((each) => each && !each.startsWith('(')).sort();
  const codes = h('datalist', { id: 'codes' });
  const operation = h('input', { list: 'operations', required: true, autocomplete: 'off', size: 30, name: 'operation', oninput: suggest });
  const effect = choice([['error', t('is refused with the code')], ['endIn', t('ends in the status')], ['delaySeconds', t('is answered late, by seconds')], ['disconnect', t('loses its connection')], ['truncateBytes', t('has its answer cut to bytes')]], 'error', showValue, { name: 'effect' });
  const value = h('span');
  const times = h('input', { type: 'number', min: 1, value: '1', required: true, name: 'times' });
  const about = h('input', { value: resource, placeholder: t('every resource'), autocomplete: 'off', name: 'resource' });
  const planned = h('div');
  const summary = h('p', { class: 'quiet' });

  function suggest() {
    const found = named.get(operation.value) ?? operations.find((each) => `${each.product}.${each.name}` === operation.value);
    put(codes, (found?.errors ?? []).map((each) => h('option', { value: each.code }, `${each.status} ${each.message}`)));
    summary.textContent = found?.summary ?? '';
  }
  function showValue(kind) {
    const inputs = {
      error: () => h('input', { list: 'codes', required: true, autocomplete: 'off', size: 34, name: 'value' }),
      endIn: () => h('input', { list: 'states', required: true, autocomplete: 'off', name: 'value' }),
      delaySeconds: () => h('input', { type: 'number', min: 0.001, step: 'any', value: '2', required: true, name: 'value' }),
      disconnect: () => choice([['before', t('before it is handled')], ['after', t('after it was handled')]], 'before', null, { name: 'value' }),
      truncateBytes: () => h('input', { type: 'number', min: 0, value: '10', required: true, name: 'value' }),
    };
    put(value, field(t('What'), inputs[kind]()));
  }
  async function plan() {
    const given = value.querySelector('[name=value]').value;
    const isNumber = effect.value === 'delaySeconds' || effect.value === 'truncateBytes';
    await call('POST', 'faults', account, {
      operation: operation.value, [effect.value]: isNumber ? Number(given) : given, times: Number(times.value), ...(about.value ? { resource: about.value } : {}),
    });
    notify(t('The fault is planned'));
    await refresh();
  }
  async function refresh() {
    const { faults: all } = await get('faults', account);
    put(planned, all.length ? [
      h('div', { class: 'wide', tabindex: 0, role: 'region', 'aria-label': t('Planned faults') }, h('table', {},
        h('thead', {}, h('tr', {}, [t('Fault'), t('Operation'), t('Effect'), t('Resource'), t('Struck'), ''].map((title) => h('th', { scope: 'col' }, title || h('span', { class: 'hidden' }, t('Remove')))))),
        h('tbody', {}, all.map((each) => h('tr', {},
          h('td', { class: 'id' }, each.id), h('td', {}, each.operation), h('td', { title: effectOf(each) }, effectOf(each)), h('td', { class: 'id' }, each.resource ?? ''),
          h('td', {}, `${each.struck} / ${each.times}`), h('td', {}, button(t('Remove'), async () => { await call('DELETE', `faults/${each.id}`, account); await refresh(); }))))))),
      h('p', {}, button(t('Remove all'), async () => { await call('DELETE', 'faults', account); await refresh(); })),
    ] : h('p', { class: 'quiet' }, t('None is planned. Plan one above: the next such call of a client meets it, and the journal says so.')));
  }
  showValue('error');
  return {
    element: h('div', {},
      h('h1', {}, t('Faults')),
      form(plan, field(t('The operation'), operation), field(t('Effect'), effect), value, field(t('Times'), times), field(t('Only about the resource'), about), h('button', {}, t('Plan'))),
      summary, codes,
      h('datalist', { id: 'operations' }, [...named.keys()].sort().map((name) => h('option', { value: name }, named.get(name).summary))),
      h('datalist', { id: 'states' }, [...states, 'never'].map((name) => h('option', { value: name }))),
      h('h2', {}, t('Planned faults')), planned),
    refresh,
  };
}

const effectOf = (fault) => [
  fault.error && `${fault.status} ${fault.error}`, fault.endIn && `→ ${fault.endIn}`, fault.delaySeconds && `+${fault.delaySeconds} s`,
  fault.disconnect && `disconnect ${fault.disconnect}`, fault.truncateBytes !== undefined && `≤ ${fault.truncateBytes} B`,
].filter(Boolean).join(', ');
