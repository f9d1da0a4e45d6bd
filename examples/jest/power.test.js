'use strict';
// Jest: @baiducloud/sdk against a running emulator, each test in an account of its own.

const { BccClient } = require('@baiducloud/sdk');

const endpoint = process.env.BCE_EMULATOR_ENDPOINT || 'http://127.0.0.1:8080';

/** An account of the emulator: every access key that starts with test- is one. */
async function connect(account) {
  const control = async (method, path, body) => {
    const answer = await fetch(`${endpoint}/_emulator/${path}?account=${account}`, {
      method,
      headers: { 'content-type': 'application/json' },
      body: body && JSON.stringify(body),
    });
    if (!answer.ok) {
      throw new Error(`${method} ${path}: ${await answer.text()}`);
    }
  };
  await control('POST', 'reset');
  await control('PUT', 'clock', { frozen: true });
  const client = new BccClient({ endpoint, credentials: { ak: account, sk: 'bce-emulator-secret-key' } });
  const status = async (id) => (await client.getInstance(id)).body.instance.status;
  const create = async () => {
    const order = {
      instanceType: 'N5',
      cpuCount: 2,
      memoryCapacityInGB: 8,
      imageId: 'm-z2UUQHH9',
      billing: { paymentTiming: 'Postpaid' },
    };
    return (await client.createInstance(order)).body.instanceIds[0];
  };
  return { client, control, create, status };
}

test('an instance runs when its time has come', async () => {
  const { control, create, status } = await connect('test-jest-create');

  const instance = await create();
  expect(await status(instance)).toBe('Starting');

  await control('POST', 'clock/advance', { until: 'idle' });
  expect(await status(instance)).toBe('Running');
});

test('a refusal reaches the caller', async () => {
  const { client, control, create } = await connect('test-jest-refusal');
  const instance = await create();
  await control('POST', 'faults', { operation: 'StopInstance', error: 'OperationDenied' });

  await expect(client.stopInstance(instance)).rejects.toMatchObject({ code: 'OperationDenied' });
});
