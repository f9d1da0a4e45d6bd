// Every published operation, and the OpenAPI documents as pages.

import { get } from './api.js';
import { choice, h, json, link, put } from './dom.js';
import { count, t } from './i18n.js';
import { Table } from './table.js';

export default async function reference([which = '', id = '']) {
  if (which === 'control') return showControl(id);
  const operations = await get('operations');
  return which && id ? showOperation(operations.find((each) => each.product === which && each.name === id)) : list(operations, which);
}

function list(operations, product) {
  const search = h('input', { type: 'search', placeholder: t('Search name, path, error'), 'aria-label': t('Search name, path, error'), oninput: () => table.refresh() });
  const only = choice([['', t('all')], ['yes', t('emulated')], ['no', t('not emulated')]], '', () => table.refresh(), { 'aria-label': t('Emulated') });
  const products = choice([['', t('every product')], ...[...new Set(operations.map((each) => each.product))]], product, () => table.refresh(), { 'aria-label': t('Product') });
  const total = h('span', { class: 'quiet', role: 'status' });
  const texts = new Map(operations.map((each) => [each, `${each.name} ${each.summary ?? ''} ${each.routes.join(' ')} ${(each.errors ?? []).map((error) => error.code).join(' ')}`.toLowerCase()]));
  const table = new Table({
    label: t('Operations'),
    columns: [['', 'w-mark'], [t('Operation'), 'w-operation'], [t('Product'), 'w-code'], [t('Route'), 'w-route'], [t('Errors'), 'w-code'], [t('Basis'), 'w-code'], [t('Summary')]],
    key: (each) => `${each.product}.${each.name}`,
    load: async (offset, limit) => {
      const part = search.value.toLowerCase();
      const rows = operations.filter((each) => (!products.value || each.product === products.value) && (!only.value || each.emulated === (only.value === 'yes')) && texts.get(each).includes(part));
      total.textContent = t('{0} of {1}', count(rows.length), count(operations.length));
      return { rows: rows.slice(offset, offset + limit), matching: rows.length };
    },
    cells: (each) => [
      h('td', {}, h('span', { class: each.emulated ? 'yes' : 'quiet', title: each.emulated ? t('emulated') : t('not emulated') }, each.emulated ? '✓' : '–', h('span', { class: 'hidden' }, each.emulated ? t('emulated') : t('not emulated')))),
      h('td', {}, link(`reference/${each.product}/${each.name}`, each.name)), h('td', {}, each.product), h('td', { class: 'id', title: each.routes.join('\n') }, each.routes[0]),
      h('td', {}, each.errors ? String(each.errors.length) : ''), h('td', {}, each.basis ?? ''), h('td', { title: each.summary ?? '' }, each.summary ?? '')],
    empty: () => h('p', {}, t('Nothing matches the search.')),
  });
  return {
    element: h('section', { class: 'fills' }, h('div', { class: 'row bar' }, h('h1', {}, t('Operations')), total, link('reference/control', t('Control API')), search, products, only), table.element),
    refresh: () => table.refresh(),
  };
}

async function showOperation(operation) {
  if (!operation) throw new Error(t('There is no such operation.'));
  const body = h('div');
  if (operation.emulated) get('api.json').then((document_) => put(body, schemas(document_, operation.name, operation.product)), (error) => put(body, error.message));
  return {
    element: h('div', {},
      h('p', { class: 'path' }, link('reference', t('Operations'))),
      h('h1', {}, operation.name, ' ', h('small', {}, operation.product)),
      h('p', {}, operation.emulated ? operation.summary : t('Published but not emulated: it is answered 501 NotImplemented.')),
      operation.routes.map((route) => h('pre', { tabindex: 0 }, route)),
      operation.doc?.startsWith('https://') ? h('p', {}, h('a', { href: operation.doc, rel: 'noreferrer', target: '_blank' }, operation.doc), ` · ${t('Basis')}: ${operation.basis}`) : null,
      operation.errors?.length ? [h('h2', {}, t('Errors')), h('div', { class: 'wide', tabindex: 0, role: 'region', 'aria-label': t('Errors') }, h('table', {},
        h('thead', {}, h('tr', {}, [[t('Status'), 'w-code'], [t('Code'), 'w-route'], [t('Message')], [t('Basis'), 'w-id']].map(([title, kind]) => h('th', { scope: 'col', class: kind }, title)))),
        h('tbody', {}, operation.errors.map((error) => h('tr', {}, h('td', {}, String(error.status)), h('td', { class: 'id' }, error.code), h('td', { title: error.message }, error.message), h('td', { title: error.basis }, error.basis))))))] : null,
      body),
  };
}

/** What a document says of an operation: parameters, body, answer. */
function schemas(document_, name, product) {
  for (const [path, methods] of Object.entries(document_.paths)) {
    for (const [method, each] of Object.entries(methods)) {
      if (each.operationId === name || each.operationId === `${product}.${name}` || each.operationId === `${product}_${name}`) return described(document_, method, path, each);
    }
  }
  return null;
}

function described(document_, method, path, operation) {
  const content = (part) => Object.values(part?.content ?? {})[0]?.schema;
  return [
    operation.parameters?.length ? [h('h2', {}, t('Parameters')), members(document_, Object.fromEntries(operation.parameters.map((each) => [`${each.name} (${each.in})`, { ...each.schema, description: each.description ?? each.schema?.description }])), operation.parameters.filter((each) => each.required).map((each) => `${each.name} (${each.in})`))] : null,
    operation.requestBody ? [h('h2', {}, t('Body')), schema(document_, content(operation.requestBody))] : null,
    h('h2', {}, t('Answer')), schema(document_, content(operation.responses?.['200'])) ?? h('p', { class: 'quiet' }, '{}'),
    h('details', {}, h('summary', {}, 'OpenAPI'), json(operation)),
  ];
}

const resolve = (document_, each) => (each?.$ref ? each.$ref.slice(2).split('/').reduce((found, part) => found?.[part], document_) : each);

function schema(document_, given, depth = 0) {
  const found = resolve(document_, given);
  if (!found) return null;
  const inner = resolve(document_, found.items) ?? found;
  return inner.properties ? members(document_, inner.properties, inner.required ?? [], depth) : h('p', {}, h('code', {}, typeOf(document_, found)));
}

const typeOf = (document_, each) => {
  const found = resolve(document_, each) ?? {};
  if (found.enum) return found.enum.map((value) => JSON.stringify(value)).join(' | ');
  if (found.type === 'array') return `[${typeOf(document_, found.items)}]`;
  const several = found.anyOf ?? found.oneOf ?? found.allOf;
  return several ? several.map((one) => typeOf(document_, one)).join(' | ') : found.type ?? 'any';
};

function members(document_, properties, required, depth = 0) {
  return h('table', { class: 'small members' }, h('tbody', {}, Object.entries(properties).map(([name, each]) => {
    const found = resolve(document_, each) ?? {};
    const inner = resolve(document_, found.items) ?? found;
    return h('tr', {}, h('td', { class: 'id' }, name, required.includes(name) ? h('span', { class: 'bad', title: t('required') }, ' *') : null), h('td', { class: 'id' }, typeOf(document_, each)),
      h('td', {}, found.description ?? '', inner.properties && depth < 4 ? h('details', {}, h('summary', {}, t('members')), members(document_, inner.properties, inner.required ?? [], depth + 1)) : null));
  })));
}

async function showControl(id) {
  const document_ = await get('openapi.json');
  const calls = Object.entries(document_.paths).flatMap(([path, methods]) => Object.entries(methods).map(([method, each]) => ({ method: method.toUpperCase(), path, each })));
  const chosen = calls.find(({ each }) => each.operationId === id);
  return {
    element: h('div', {},
      h('p', { class: 'path' }, link('reference', t('Operations')), ' · ', link('reference/control', t('Control API'))),
      chosen ? [h('h1', {}, `${chosen.method} ${chosen.path}`), h('p', {}, chosen.each.summary), described(document_, chosen.method, chosen.path, chosen.each)]
        : [h('h1', {}, t('Control API')), h('p', {}, t('JSON without a signature; this page uses nothing else.')), h('div', { class: 'wide', tabindex: 0, role: 'region', 'aria-label': t('Control API') }, h('table', {}, h('tbody', {}, calls.map(({ method, path, each }) => h('tr', {},
          h('td', { class: 'w-code' }, method), h('td', { class: 'id' }, link(`reference/control/${each.operationId}`, path)), h('td', {}, each.summary))))))]),
  };
}
