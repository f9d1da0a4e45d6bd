// What the page looks at: the account, the region, and their clock.

import { get } from './api.js';

const KEEP = 'bce-emulator.session';
const kept = JSON.parse(sessionStorage.getItem(KEEP) ?? '{}');

export const session = { account: kept.account ?? '', region: kept.region ?? '', clock: null, read: 0 };

/** Look at another account or region from now on. */
export function look(change) {
  Object.assign(session, change);
  sessionStorage.setItem(KEEP, JSON.stringify({ account: session.account, region: session.region }));
}

/** The query that names them. */
export const here = () => ({ account: session.account, region: session.region });

/** Read the clock of the account. */
export async function readClock() {
  session.clock = await get('clock', { account: session.account });
  session.read = Date.now();
  return session.clock;
}

/** The virtual time, in milliseconds. */
export function now() {
  if (!session.clock) return Date.now();
  return Date.parse(session.clock.now) + (session.clock.frozen ? 0 : Date.now() - session.read);
}

export const iso = (milliseconds) => `${new Date(milliseconds).toISOString().slice(0, 19)}Z`;
