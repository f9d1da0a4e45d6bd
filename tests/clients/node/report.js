'use strict';
// Runs scenarios one after another and tells each in a line of JSON; see ../scenarios.md.

const { AssertionError } = require('node:assert');

const controlUrl = process.env.BCE_CONTROL;
const account = process.env.BCE_ACCESS_KEY;

async function ask(method, path, body) {
  const answer = await fetch(`${controlUrl}/${path}`, {
    method,
    headers: { 'Content-Type': 'application/json' },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`control API: ${method} ${path}: ${answer.status} ${await answer.text()}`);
  return answer.json();
}

const own = (path) => `${path}${path.includes('?') ? '&' : '?'}account=${account}`;

/** What no client can do: the clock, faults, and what the emulator was asked. */
const control = {
  ask,
  reset: async () => {
    await ask('POST', own('reset'));
    await ask('PUT', own('clock'), { frozen: true, pace: 1 });
  },
  wait: (seconds) => ask('POST', own('clock/advance'), { seconds }),
  settle: () => ask('POST', own('clock/advance'), { until: 'idle' }),
  fail: (operation, effect) => ask('POST', own('faults'), { operation, ...effect }),
  asked: async (since) => (await ask('GET', own(`journal?limit=1000&since=${since}`))).entries,
  last: async () => (await ask('GET', own('journal?limit=1'))).entries.at(-1)?.number ?? 0,
};

function tell(line) {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

/** Run ``[id, function]`` in order, and tell ``[id, reason]`` as what the SDK cannot do. */
async function run(scenarios) {
  let failed = 0;
  for (const [scenario, work] of scenarios) {
    if (typeof work === 'string') {
      tell({ scenario, ok: null, operations: [], note: work });
      continue;
    }
    await control.reset();
    const since = await control.last();
    const line = { scenario, ok: true, operations: [], note: '' };
    try {
      line.note = (await work()) ?? '';
    } catch (error) {
      line.ok = false;
      line.note = error instanceof AssertionError || error.stack ? `${error.stack}` : JSON.stringify(error);
      failed += 1;
    }
    line.operations = [...new Set((await control.asked(since)).map((entry) => entry.operation).filter(Boolean))].sort();
    tell(line);
  }
  process.exitCode = failed ? 1 : 0;
}

module.exports = { run, control };
