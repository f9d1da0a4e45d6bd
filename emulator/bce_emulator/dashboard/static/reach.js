// Would traffic pass? A question about two ends of the network, its answer as a path, and the path on the picture.

import { call } from './api.js';
import { choice, field, form, h, put } from './dom.js';
import { language, t } from './i18n.js';
import { resourceLink } from './resources.js';
import { RULES, SENTENCES } from './reach_zh.js';
import { here } from './session.js';

const PROTOCOLS = ['tcp', 'udp', 'icmp'];
const OFFERED = 500;
const said = (sentence) => {
  const text = language() === 'zh' ? (SENTENCES[sentence.text] ?? sentence.text) : sentence.text;
  return text.replace(/\{(\d)\}/g, (_, at) => (sentence.values[at].text === undefined ? sentence.values[at] : said(sentence.values[at])));
};
const meaning = (rule) => (language() === 'zh' ? (RULES[rule.name] ?? rule.says) : rule.says);

function basis(rule) {
  if (rule.basis === 'documented') return h('a', { href: rule.page, rel: 'noreferrer', target: '_blank', title: meaning(rule) }, t('documented'));
  return h('span', { class: 'quiet', title: meaning(rule) }, t('proposed'));
}

const row = (hop) => h('tr', {},
  h('td', {}, h('span', { class: hop.passes ? 'yes' : 'no' }, hop.passes ? '✓' : '✕', h('span', { class: 'hidden' }, hop.passes ? t('passes') : t('is stopped')))),
  h('td', {}, hop.leg === 'there' ? t('there') : t('the answer')),
  h('td', {}, t(hop.concern)),
  h('td', {}, hop.id ? resourceLink(hop) : null),
  h('td', { class: 'why' }, said(hop.says), h('div', { class: 'quiet' }, meaning(hop.rule))),
  h('td', {}, basis(hop.rule)));

function answered(found) {
  const stop = found.stoppedBy;
  return [
    h('p', { class: 'big', role: 'status', id: 'reaches' }, h('span', { class: found.reaches ? 'yes' : 'no' }, found.reaches ? t('It passes') : t('It is stopped')),
      stop ? h('span', {}, ` · ${said(stop.says)} · ${t('passes by')} `, h('b', {}, said(stop.remedySays))) : null),
    found.untriedBackends ? h('p', { class: 'quiet', id: 'untried' }, t('{0} more backends were not looked at, one of which might let it pass', found.untriedBackends)) : null,
    h('div', { class: 'wide', tabindex: 0, role: 'region', 'aria-label': t('The path') }, h('table', { class: 'small' },
      h('thead', {}, h('tr', {}, ['', t('Leg'), t('What'), t('Resource'), t('Decision'), t('Basis')].map((title) => h('th', { scope: 'col' }, title)))),
      h('tbody', {}, found.path.map(row)))),
  ];
}

/** The form and its answer; `drawn` is where the picture is. */
export function reach(drawn) {
  const offers = h('datalist', { id: 'ends' });
  const end = (name) => h('input', { name, list: 'ends', required: true, autocomplete: 'off', spellcheck: 'false' });
  const source = end('source');
  const target = end('target');
  const protocol = choice(PROTOCOLS, 'tcp', null, { name: 'protocol' });
  const port = h('input', { name: 'port', type: 'number', min: 1, max: 65535, value: 443 });
  const shown = h('div');
  let question = null;

  function mark(found) {
    for (const each of drawn.querySelectorAll('.on-path, .stops')) each.classList.remove('on-path', 'stops');
    const ends = found ? [found.source, found.target] : [];
    for (const hop of [...ends, ...(found?.path ?? [])].filter((each) => each.id && each.kind)) {
      const place = drawn.querySelector(`a[href="#/resources/${hop.kind}/${CSS.escape(encodeURIComponent(hop.id))}"]`);
      const at = hop.kind === 'vpc.Subnet' ? place?.previousElementSibling : place;
      at?.classList.add(hop.passes === false ? 'stops' : 'on-path');
    }
  }

  async function ask() {
    if (!question) return;
    const found = await call('POST', 'reachability', here(), question);
    put(shown, answered(found));
    mark(found);
  }

  return {
    element: h('section', { class: 'reach' }, h('h2', {}, t('Would traffic pass?')), offers,
      form(async () => {
        const wanted = { source: source.value.trim(), target: target.value.trim(), protocol: protocol.value };
        question = protocol.value === 'icmp' ? wanted : { ...wanted, port: port.valueAsNumber };
        put(shown);
        mark(null);
        await ask();
      }, field(t('From'), source), field(t('To'), target), field(t('Protocol'), protocol), field(t('Port'), port), h('button', {}, t('Ask'))), shown),
    /** What can be chosen, and the last question once more. */
    async refresh(resources) {
      put(offers, [['internet', t('the internet')], ...resources.slice(0, OFFERED).map((each) => [each.id, `${each.name} ${each.addresses[0] ?? ''}`])].map(([value, label]) => h('option', { value, label })));
      try { await ask(); } catch (error) { put(shown, h('p', { class: 'bad', role: 'status' }, error.message)); }
    },
  };
}
