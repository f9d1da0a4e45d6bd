// The control API: calls, the token, the stream of events.

const BASE = '/_emulator/';
const TOKEN = 'bce-emulator.token';
let askForToken = async () => { throw new Error('no token'); };

/** Say how the token is asked for, once the control API wants one. */
export const onTokenWanted = (ask) => { askForToken = ask; };

const headers = () => {
  const token = sessionStorage.getItem(TOKEN);
  return token ? { Authorization: `Bearer ${token}` } : {};
};

let asking = null;

async function send(path, options) {
  for (;;) {
    const response = await fetch(BASE + path, { ...options, headers: headers(), cache: 'no-store' });
    if (response.status !== 401) return response;
    sessionStorage.removeItem(TOKEN);
    asking ??= askForToken().then((token) => sessionStorage.setItem(TOKEN, token)).finally(() => { asking = null; });
    await asking;
  }
}

/** A path with those members of a query that are there. */
export function target(path, query = {}) {
  const known = Object.entries(query).filter(([, value]) => value !== undefined && value !== null && value !== '');
  return known.length ? `${path}?${new URLSearchParams(known)}` : path;
}

/** The answer of a control call, or an error that says what would be right. */
export async function call(method, path, query = {}, body = undefined) {
  const content = typeof body === 'string' || body === undefined ? body : JSON.stringify(body);
  const response = await send(target(path, query), { method, body: content });
  const answer = await response.json();
  if (!response.ok) throw Object.assign(new Error(answer.error), { status: response.status });
  return answer;
}

export const get = (path, query) => call('GET', path, query);

/** Read events for ever: `event(name, data)` for each, `state(connected)` when the connection comes or goes. */
export async function watch(path, event, state) {
  for (let wait = 500; ; wait = Math.min(wait * 2, 10_000)) {
    try {
      const response = await send(path, {});
      if (!response.ok) throw new Error((await response.json()).error);
      state(true);
      wait = 250;
      await readEvents(response.body.getReader(), event);
    } catch { /* said by the state, and tried again */ }
    state(false);
    await new Promise((done) => { setTimeout(done, wait); });
  }
}

async function readEvents(reader, event) {
  const decoder = new TextDecoder();
  let text = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    text += decoder.decode(value, { stream: true });
    const whole = text.split('\n\n');
    text = whole.pop();
    for (const each of whole) {
      const name = each.match(/^event: (.*)$/m)?.[1];
      if (name) event(name, JSON.parse(each.match(/^data: (.*)$/m)[1]));
    }
  }
}
