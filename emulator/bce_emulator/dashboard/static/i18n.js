// Two languages: English is the key, Chinese the table. The browser's language decides until a choice is made.

import { ZH } from './zh.js';

const CHOICE = 'bce-emulator.language';

export const language = () => localStorage.getItem(CHOICE) ?? (navigator.language.toLowerCase().startsWith('zh') ? 'zh' : 'en');
export const chooseLanguage = (code) => localStorage.setItem(CHOICE, code);

/** A text in the chosen language; `{0}` and so on are replaced. */
export function t(text, ...values) {
  const said = language() === 'zh' ? (ZH[text] ?? text) : text;
  return said.replace(/\{(\d)\}/g, (_, at) => values[at]);
}

const number = (value) => value.toLocaleString(language() === 'zh' ? 'zh-CN' : 'en');
export const count = (value) => number(value);

/** How long, in the largest units: `3 d 4 h`. */
export function duration(seconds) {
  const units = [[86_400, t('d')], [3_600, t('h')], [60, t('min')], [1, t('s')]];
  const parts = [];
  let rest = Math.max(0, Math.round(seconds));
  for (const [size, name] of units) {
    const many = Math.floor(rest / size);
    if (many || (size === 1 && !parts.length)) parts.push(`${number(many)} ${name}`);
    rest -= many * size;
  }
  return parts.slice(0, 2).join(' ');
}
