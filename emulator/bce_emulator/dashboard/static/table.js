// A table of any length: only the rows that can be seen are elements, and are asked for a page at a time.

import { h, put } from './dom.js';

const PAGE = 200;
const ROW = 34;
const AROUND = 8;

export class Table {
  /** `columns` are pairs of title and class; `load(offset, limit)` answers `{rows, matching}`; `cells(row)` makes a row's cells. */
  constructor({ label, columns, load, cells, key, empty }) {
    Object.assign(this, { load, cells, key, empty, pages: new Map(), shown: new Map(), count: 0, version: 0 });
    this.above = h('tbody', { 'aria-hidden': 'true' });
    this.body = h('tbody');
    this.below = h('tbody', { 'aria-hidden': 'true' });
    this.table = h('table', { 'aria-label': label },
      h('thead', {}, h('tr', {}, columns.map(([title, kind]) => h('th', { scope: 'col', class: kind }, title)))),
      this.above, this.body, this.below);
    this.nothing = h('div', { class: 'empty', hidden: true });
    this.element = h('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': label, onscroll: () => this.later() }, this.table, this.nothing);
    new ResizeObserver(() => this.later()).observe(this.element);
  }

  /** Ask anew for what can be seen; what is shown stays until the answer is there. */
  async refresh() {
    this.version += 1;
    const [first, last] = this.range();
    const wanted = [Math.floor(first / PAGE), Math.floor(Math.max(first, last - 1) / PAGE)];
    const pages = await Promise.all([...new Set(wanted)].map(async (page) => [page, await this.page(page)]));
    this.pages = new Map(pages.filter(([, rows]) => rows));
    this.draw();
  }

  async page(page) {
    const version = this.version;
    const { rows, matching } = await this.load(page * PAGE, PAGE);
    if (version !== this.version) return this.pages.get(page);
    this.count = matching;
    return rows;
  }

  range() {
    const top = Math.max(0, Math.floor(this.element.scrollTop / ROW) - AROUND);
    return [top, Math.min(this.count || PAGE, top + Math.ceil((this.element.clientHeight || 600) / ROW) + 2 * AROUND)];
  }

  later() {
    this.drawing ??= requestAnimationFrame(() => { this.drawing = null; this.draw(); });
  }

  async draw() {
    const [first, last] = this.range();
    const rows = new Map();
    const missing = new Set();
    for (let at = first; at < Math.min(last, this.count); at += 1) {
      const row = this.pages.get(Math.floor(at / PAGE))?.[at % PAGE];
      if (row) rows.set(at, row); else missing.add(Math.floor(at / PAGE));
    }
    this.show(rows, first, Math.min(last, this.count));
    this.element.setAttribute('aria-busy', missing.size > 0);
    for (const page of missing) {
      if (this.pages.has(page)) continue;
      this.pages.set(page, undefined);
      this.page(page).then((loaded) => { this.pages.set(page, loaded); this.later(); }, () => this.pages.delete(page));
    }
  }

  show(rows, first, last) {
    const before = this.shown;
    this.shown = new Map();
    const elements = [];
    for (let at = first; at < last; at += 1) {
      const row = rows.get(at);
      const name = row ? this.key(row) : `waiting ${at}`;
      const said = row ? JSON.stringify(row) : '';
      let kept = before.get(name);
      if (!kept || kept.said !== said) kept = { said, element: h('tr', {}, row ? this.cells(row) : h('td', { colspan: 9 }, '…')) };
      kept.element.setAttribute('aria-rowindex', at + 2);
      this.shown.set(name, kept);
      elements.push(kept.element);
    }
    if (elements.length !== this.body.children.length || elements.some((each, at) => this.body.children[at] !== each)) this.body.replaceChildren(...elements);
    this.table.setAttribute('aria-rowcount', this.count + 1);
    this.above.style.height = `${first * ROW}px`;
    this.below.style.height = `${Math.max(0, this.count - last) * ROW}px`;
    this.table.hidden = !this.count;
    this.nothing.hidden = !!this.count;
    if (!this.count) put(this.nothing, this.empty());
  }
}
