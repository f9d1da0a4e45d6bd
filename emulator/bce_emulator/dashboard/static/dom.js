// Elements and texts are made by calls: what comes from a request is never markup.

const SVG = 'http://www.w3.org/2000/svg';

function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (typeof value === 'function') element.addEventListener(name.slice(2), value);
    else if (name === 'value') element.value = value;
    else element.setAttribute(name, value === true ? '' : value);
  }
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

/** An HTML element; attributes that are functions are listeners (`onclick`). */
export const h = (tag, attributes = {}, ...children) => fill(document.createElement(tag), attributes, children);

/** The same in SVG. */
export const s = (tag, attributes = {}, ...children) => fill(document.createElementNS(SVG, tag), attributes, children);

/** Replace what is in an element. */
export const put = (element, ...children) => fill(element, {}, (element.replaceChildren(), children));

/** A link within the page. */
export const link = (path, ...children) => h('a', { href: `#/${path}` }, ...children);

/** A button that calls an asynchronous function, and cannot be pressed twice meanwhile. */
export function button(text, action, attributes = {}) {
  const made = h('button', { type: 'button', ...attributes, async onclick() {
    made.disabled = true;
    try { await action(); } catch (error) { notify(error.message, 'bad'); } finally { made.disabled = false; }
  } }, text);
  return made;
}

/** A labelled field. */
export const field = (label, input) => h('label', { class: 'field' }, h('span', {}, label), input);

/** A form whose submission is a call; what refuses it is shown. */
export function form(submit, ...children) {
  return h('form', { class: 'row', async onsubmit(event) {
    event.preventDefault();
    try { await submit(event.currentTarget ?? event.target); } catch (error) { notify(error.message, 'bad'); }
  } }, ...children);
}

/** A choice of some texts, or of pairs of value and text. */
export function choice(values, chosen, changed, attributes = {}) {
  const options = values.map((each) => {
    const [value, text] = Array.isArray(each) ? each : [each, each];
    return h('option', { value, selected: value === chosen }, text);
  });
  return h('select', { ...attributes, onchange: (event) => changed?.(event.target.value) }, options);
}

/** JSON, in colours. */
export function json(value) {
  const text = JSON.stringify(value, null, 2) ?? '';
  const parts = text.split(/("(?:[^"\\]|\\.)*"(?:\s*:)?|\b(?:true|false|null)\b|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)/);
  const kind = (part) => (part.startsWith('"') ? (part.endsWith(':') ? 'key' : 'text') : 'value');
  return h('pre', { class: 'json', tabindex: 0 }, parts.map((part, at) => (at % 2 ? h('span', { class: `j-${kind(part)}` }, part) : part)));
}

/** Say something for some seconds; a refusal stays until the next. */
export function notify(text, kind = 'good') {
  const place = document.getElementById('notice');
  put(place, h('span', { class: kind }, text), h('button', { type: 'button', class: 'plain', 'aria-label': '×', onclick: () => place.replaceChildren() }, '×'));
  if (kind === 'good') setTimeout(() => place.firstChild?.textContent === text && place.replaceChildren(), 4000);
}

/** Put a text on the clipboard. */
export async function copy(text, said) {
  await navigator.clipboard.writeText(text);
  notify(said);
}
