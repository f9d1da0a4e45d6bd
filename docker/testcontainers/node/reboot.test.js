// A test suite in Node that brings its own emulator: npm ci && npm test
const assert = require("node:assert");
const { after, before, test } = require("node:test");
const { setTimeout: sleep } = require("node:timers/promises");
const { BccClient } = require("@baiducloud/sdk");
const { GenericContainer, Wait } = require("testcontainers");

const IMAGE = process.env.BCE_EMULATOR_IMAGE ?? "bce-emulator:0.1.0";
let emulator;
let bcc;

before(async () => {
  emulator = await new GenericContainer(IMAGE)
    .withExposedPorts(8080)
    .withWaitStrategy(Wait.forHttp("/_emulator/ready", 8080))
    .start();
  bcc = new BccClient({
    endpoint: `http://${emulator.getHost()}:${emulator.getMappedPort(8080)}`,
    credentials: { ak: "test", sk: "bce-emulator-secret-key" },
  });
});

after(() => emulator?.stop());

async function status(id) {
  return (await bcc.getInstance(id)).body.instance.status;
}

async function waitFor(id, wanted) {
  for (const end = Date.now() + 30_000; (await status(id)) !== wanted; await sleep(100)) {
    assert.ok(Date.now() < end, `${id} never became ${wanted}`);
  }
}

test("an instance runs again after a reboot", async () => {
  const made = await bcc.sendRequest("POST", "/v2/instanceBySpec", {
    body: JSON.stringify({
      spec: "bcc.g5.c2m8",
      imageId: "m-z2UUQHH9",
      billing: { paymentTiming: "Postpaid" },
    }),
    headers: { "Content-Type": "application/json" },
  });
  const id = made.body.instanceIds[0];
  await waitFor(id, "Running");

  await bcc.restartInstance(id);

  assert.equal(await status(id), "Starting");
  await waitFor(id, "Running");
});
