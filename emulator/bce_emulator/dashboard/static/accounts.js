// Accounts: what they have, their state as a document, copies of them, and what differs.

import { call, get } from './api.js';
import { button, choice, field, form, h, json, notify, put } from './dom.js';
import { count, t } from './i18n.js';
import { look, session } from './session.js';

let kept = null;

export default async function accounts() {
  const list = h('div');
  const differs = h('div');
  const source = h('span');
  const target = h('input', { required: true, value: 'test-copy', autocomplete: 'off', 'aria-label': t('To') });
  const file = h('input', { type: 'file', accept: '.json,application/json', 'aria-label': t('Document') });
  const redraw = () => dispatchEvent(new Event('redraw'));
  let names = [];
  let chosen = session.account;

  async function refresh() {
    const answer = await get('accounts');
    const now = answer.accounts.map((each) => each.account);
    if (now.join() !== names.join()) put(source, choice(names = now, chosen, (name) => { chosen = name; }, { 'aria-label': t('From') }));
    put(list, h('div', { class: 'wide', tabindex: 0, role: 'region', 'aria-label': t('Accounts') }, h('table', {},
      h('thead', {}, h('tr', {}, [t('Account'), t('Keys'), t('Regions'), t('Resources'), ''].map((title) => h('th', { scope: 'col' }, title || h('span', { class: 'hidden' }, t('Actions')))))),
      h('tbody', {}, answer.accounts.map((each) => h('tr', {},
        h('td', { class: 'id' }, each.account), h('td', { class: 'id' }, each.keys.map((key) => key.accessKeyId).join(', ')), h('td', {}, each.regions.join(', ')), h('td', {}, count(each.resources)),
        h('td', {}, each.account === session.account ? t('looked at') : button(t('Look at'), () => { look({ account: each.account }); redraw(); }))))))));
  }
  async function save() {
    const document_ = await get('state', { account: session.account });
    const address = URL.createObjectURL(new Blob([JSON.stringify(document_)], { type: 'application/json' }));
    h('a', { href: address, download: `${session.account}.json` }).click();
    URL.revokeObjectURL(address);
  }
  async function compare(body, account) {
    const answer = await call('POST', 'state/diff', { account }, body);
    put(differs, h('h2', {}, t('What differs')), answer.same ? h('p', {}, t('Nothing')) : h('pre', { tabindex: 0, id: 'differences' }, answer.lines.join('\n')),
      answer.same ? null : h('details', {}, h('summary', {}, 'JSON'), json(answer)));
  }
  return {
    element: h('div', {},
      h('h1', {}, t('Accounts')), list,
      h('p', { class: 'quiet' }, t('Every access key that begins with test- is an account of its own, from its first request on.')),
      h('div', { class: 'columns' },
        h('section', {},
          h('h2', {}, t('Copy an account')),
          form(async () => { const done = await call('POST', 'state/fork', {}, { from: chosen, to: target.value }); notify(t('{0} has {1} resources now', done.account, done.resources)); redraw(); }, field(t('From'), source), field(t('To'), target), h('button', {}, t('Copy'))),
          h('h2', {}, t('Compare')),
          h('div', { class: 'row' },
            button(t('Remember {0} as it is', session.account), async () => { kept = await get('state', { account: session.account }); notify(t('Remembered')); }),
            button(t('Compare with what was remembered'), async () => { if (!kept) throw new Error(t('Nothing is remembered yet.')); await compare({ before: kept }, session.account); })),
          form(async (made) => { await compare({ before: await get('state', { account: made.elements.one.value }), after: await get('state', { account: made.elements.other.value }) }); },
            field(t('Before'), h('input', { name: 'one', required: true, value: session.account })), field(t('After'), h('input', { name: 'other', required: true, value: 'test-copy' })), h('button', {}, t('Compare'))),
          differs),
        h('section', {},
          h('h2', {}, t('The state of {0}', session.account)),
          h('div', { class: 'row' }, button(t('Save as a file'), save)),
          form(async () => {
            if (!file.files[0]) throw new Error(t('Choose a file first.'));
            const done = await call('PUT', 'state', { account: session.account }, await file.files[0].text());
            notify(t('{0} has {1} resources now', done.account, done.resources));
          }, field(t('Document'), file), h('button', {}, t('Load'))),
          h('h2', {}, t('Back to the first day')),
          h('p', { class: 'quiet' }, t('Resources, clock, faults and journal of {0} are forgotten; the seed file is applied again.', session.account)),
          button(t('Reset'), async () => { await call('POST', 'reset', { account: session.account }); notify(t('It is as on its first day')); await refresh(); }, { class: 'bad' })))),
    refresh,
  };
}
