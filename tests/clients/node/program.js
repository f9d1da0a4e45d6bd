'use strict';
// The scenarios of ../scenarios.md by BccClient of an official JavaScript SDK; both packages carry the same client.

const assert = require('node:assert/strict');
const { run, control } = require('./report');

const NO_METHOD = 'BccClient has no method for it; client.sendRequest reaches any path, as create-by-spec shows';
const IMAGE = 'm-z2UUQHH9';
const PAGE = 1000;

module.exports = function program({ BccClient, STS, Auth }) {
  const endpoint = process.env.BCE_ENDPOINT;
  const [ak, sk] = [process.env.BCE_ACCESS_KEY, process.env.BCE_SECRET_KEY];
  const client = new BccClient({ endpoint, credentials: { ak, sk } });
  const tokens = new STS({ endpoint, credentials: { ak, sk } });
  const connect = (key = ak, secret = sk, more = {}) =>
    new BccClient({ endpoint, credentials: { ak: key, sk: secret }, ...more });

  const pair = (expiresAt) => control.ask('POST', 'accounts', { account: ak, expiresAt });
  const temporary = ({ accessKeyId, secretAccessKey, sessionToken }) =>
    connect(accessKeyId, secretAccessKey, { sessionToken });

  /** The old create call's members: the type is named, not the spec. */
  const ordered = (more) => ({
    imageId: IMAGE,
    instanceType: 'N5',
    cpuCount: 2,
    memoryCapacityInGB: 8,
    billing: { paymentTiming: 'Postpaid' },
    ...more,
  });

  async function create(more) {
    const ids = (await client.createInstance(ordered(more))).body.instanceIds;
    await control.settle();
    return ids;
  }

  async function instance(id) {
    return (await client.getInstance(id)).body.instance;
  }

  /** As users of this SDK wait: ask again until the status is the one hoped for. */
  async function waitFor(id, status, seen = []) {
    for (let tries = 0; tries < 60; tries += 1) {
      const { status: now } = await instance(id);
      if (seen.at(-1) !== now) seen.push(now);
      if (now === status) return seen;
      await control.wait(5);
    }
    throw new Error(`never ${status}: ${seen}`);
  }

  async function refused(call, status, code) {
    const error = await call.then(
      (answer) => assert.fail(`not refused: ${JSON.stringify(answer.body)}`),
      (reason) => reason,
    );
    assert.equal(error.code, code, JSON.stringify(error));
    assert.equal(error.status_code, status);
    assert.equal(typeof error.message, 'string');
    assert.match(error.request_id, /^[0-9a-f-]{36}$/);
    return error;
  }

  /** The client under another path, for what it has no method for. */
  const send = (method, path, params, body) =>
    client.sendRequest(method, path, { params, body: body === undefined ? undefined : JSON.stringify(body) });

  /** How often an operation was asked while the work ran. */
  async function counted(operation, work) {
    const since = await control.last();
    const outcome = await work().then((value) => ({ value }), (error) => ({ error }));
    const entries = (await control.asked(since)).filter((entry) => entry.operation === operation);
    return { ...outcome, times: entries.length };
  }

  async function neverRetried(fault, seen) {
    const [id] = await create();
    await control.fail('GetInstance', { ...fault, times: 1 });
    const { error, times } = await counted('GetInstance', () => client.getInstance(id));
    seen(error);
    assert.equal(times, 1);
    assert.equal((await instance(id)).status, 'Running');
    return 'this SDK never retries: the failure reaches its user at once';
  }

  const scenarios = {
    'credentials-right': async () => {
      const { body } = await client.listInstances();
      assert.deepEqual(body.instances, []);
    },
    'credentials-wrong-secret': async () => {
      const other = connect(ak, 'a secret key that is not the right one');
      await refused(other.listInstances(), 400, 'SignatureDoesNotMatch');
    },
    'credentials-unknown-key': async () => {
      await refused(connect('nobody').listInstances(), 403, 'InvalidAccessKeyId');
    },
    'credentials-expired': async () => {
      await refused(temporary(await pair('2020-01-01T00:00:00Z')).listInstances(), 400, 'RequestExpired');
      const late = connect();
      late.createSignature = async (credentials, method, path, params, headers) => {
        const then = Math.floor(Date.now() / 1000) - 2 * 3600;
        headers['x-bce-date'] = new Date(then * 1000).toISOString().replace(/\.\d+Z$/, 'Z');
        return new Auth(credentials.ak, credentials.sk).generateAuthorization(method, path, params, headers, then);
      };
      await refused(late.listInstances(), 400, 'RequestExpired');
    },
    'credentials-temporary': async () => {
      const made = await pair('2100-01-01T00:00:00Z');
      assert.deepEqual((await temporary(made).listInstances()).body.instances, []);
      await refused(temporary({ ...made, sessionToken: '' }).listInstances(), 403, 'AccessDenied');
      await refused(temporary({ ...made, sessionToken: 'another' }).listInstances(), 403, 'AccessDenied');
    },
    'sts-session-token': async () => {
      const keys = (await tokens.getSessionToken(600)).body;
      const [began, ends] = [keys.createTime, keys.expiration].map((time) => Date.parse(time));
      assert.equal(ends - began, 600_000);
      assert.ok(Math.abs(Date.now() - began) < 60_000);
      const worker = temporary(keys);
      const { body } = await worker.sendRequest('POST', '/v2/keypair', { body: '{"name": "minted"}' });
      const { keypairs } = (await send('GET', '/v2/keypair')).body;
      assert.deepEqual(keypairs.map((each) => each.keypairId), [body.keypair.keypairId]);
      return 'the keypair by client.sendRequest; BccClient has no method for it';
    },
    'sts-acl': async () => {
      const reads = { eid: '1', service: 'bce:bcc', region: '*', effect: 'Allow', resource: ['*'], permission: ['READ'] };
      const keys = (await tokens.getSessionToken(600, { id: 'readers', accessControlList: [reads] })).body;
      assert.deepEqual((await temporary(keys).listInstances()).body.instances, []);
      const create = temporary(keys).sendRequest('POST', '/v2/keypair', { body: '{"name": "refused"}' });
      await refused(create, 403, 'AccessDenied');
      assert.deepEqual((await send('GET', '/v2/keypair')).body.keypairs, []);
    },
    'sts-assume-role': 'STS has no method for it',
    'sts-wrong-token': async () => {
      const keys = (await tokens.getSessionToken(600)).body;
      await refused(temporary({ ...keys, sessionToken: 'another' }).listInstances(), 403, 'AccessDenied');
      await refused(temporary({ ...keys, sessionToken: '' }).listInstances(), 403, 'AccessDenied');
    },
    'create-by-spec': async () => {
      const { body } = await send('POST', '/v2/instanceBySpec', { clientToken: 'a token+/=' }, {
        spec: 'bcc.g5.c2m8',
        imageId: IMAGE,
        name: 'by-spec',
        billing: { paymentTiming: 'Postpaid' },
      });
      await control.settle();
      assert.equal(body.instanceIds.length, 1);
      assert.equal((await instance(body.instanceIds[0])).spec, 'bcc.g5.c2m8');
      return 'by client.sendRequest; BccClient has no method for it';
    },
    'create-old-call': async () => {
      const ids = await create({ name: 'old', purchaseCount: 2 });
      assert.equal(ids.length, 2);
      const seen = await Promise.all(ids.map(instance));
      assert.deepEqual(seen.map((each) => each.status), ['Running', 'Running']);
      return 'createInstance asks POST /v1/token/create for its clientToken first';
    },
    'wait-until-running': async () => {
      const [id] = (await client.createInstance(ordered())).body.instanceIds;
      assert.deepEqual(await waitFor(id, 'Running'), ['Starting', 'Running']);
    },
    'read-back-typed': async () => {
      const [id] = await create({ name: 'typed', tags: [{ tagKey: 'of', tagValue: 'node' }] });
      const seen = await instance(id);
      const types = {
        id: 'string', name: 'string', desc: 'string', status: 'string', createTime: 'string',
        paymentTiming: 'string', internalIp: 'string', publicIp: 'string', cpuCount: 'number',
        memoryCapacityInGB: 'number', localDiskSizeInGB: 'number', imageId: 'string', networkCapacityInMbps: 'number',
        placementPolicy: 'string', zoneName: 'string', subnetId: 'string', vpcId: 'string', autoRenew: 'boolean',
        keypairId: 'string', cardCount: 'string',
      };
      for (const [member, type] of Object.entries(types)) assert.equal(typeof seen[member], type, member);
      assert.deepEqual([seen.id, seen.name, seen.cpuCount, seen.memoryCapacityInGB], [id, 'typed', 2, 8]);
      assert.deepEqual(seen.tags, [{ tagKey: 'of', tagValue: 'node' }]);
      assert.match(seen.createTime, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
      const listed = (await client.listInstances()).body.instances;
      assert.deepEqual(listed.map((each) => each.id), [id]);
    },
    'reboot-accepted': async () => {
      const [id] = await create();
      await client.restartInstance(id);
      assert.deepEqual(await waitFor(id, 'Running'), ['Starting', 'Running']);
    },
    'reboot-refused': async () => {
      const [id] = await create();
      await client.stopInstance(id);
      await control.settle();
      const error = await refused(client.restartInstance(id), 409, 'Instance.RebootInstanceOperationForbidden');
      assert.equal(error.message, 'Instance not running when rebooting.');
      assert.equal((await instance(id)).status, 'Stopped');
    },
    'reboot-forced': async () => {
      const [id] = await create();
      await send('PUT', `/v2/instance/${id}`, { reboot: '' }, { forceStop: true });
      assert.deepEqual(await waitFor(id, 'Running'), ['Starting', 'Running']);
      return 'by client.sendRequest; restartInstance takes no forceStop';
    },
    'stop-start': async () => {
      const [id] = await create();
      await client.stopInstance(id);
      assert.deepEqual(await waitFor(id, 'Stopped'), ['Stopping', 'Stopped']);
      await refused(client.stopInstance(id), 409, 'Instance.StopInstanceOperationForbidden');
      await client.startInstance(id);
      assert.deepEqual(await waitFor(id, 'Running'), ['Starting', 'Running']);
      await refused(client.startInstance(id), 409, 'Instance.StartInstanceOperationForbidden');
    },
    resize: NO_METHOD,
    rebuild: 'BccClient.rebuildInstance throws "unimplemented method"',
    rename: NO_METHOD,
    password: 'BccClient.changeInstanceAdminPassword throws "unimplemented method"',
    volumes: NO_METHOD,
    images: async () => {
      const { body } = await client.getImages({ imageType: 'System' });
      assert.ok(body.images.length > 1);
      assert.ok(body.images.every((image) => image.type === 'System' && typeof image.osVersion === 'string'));
      const first = (await client.getImages({ maxKeys: 1 })).body;
      const second = (await client.getImages({ maxKeys: 1, marker: first.nextMarker })).body;
      assert.equal(second.images[0].id, first.nextMarker);
      return 'BccClient only lists images';
    },
    keypairs: NO_METHOD,
    'security-groups': 'BccClient.joinSecurityGroup and leaveSecurityGroup throw "unimplemented method"',
    'deploy-sets': NO_METHOD,
    subnets: 'the package has no VPC client',
    batch: async () => {
      const ids = await create({ name: 'many', purchaseCount: 10 });
      await Promise.all(ids.map((id) => client.stopInstance(id)));
      await control.settle();
      const { instances } = (await client.listInstances()).body;
      assert.deepEqual(new Set(instances.map((each) => each.status)), new Set(['Stopped']));
      return 'BccClient has no batch calls; ten stops at once, each on a connection of its own';
    },
    'paging-2500': async () => {
      const made = new Set();
      for (let batch = 0; batch < 25; batch += 1) {
        (await client.createInstance(ordered({ purchaseCount: 100 }))).body.instanceIds.forEach((id) => made.add(id));
      }
      const seen = [];
      const pages = [];
      let marker = '';
      do {
        const { body } = await client.listInstances(marker ? { marker } : {});
        assert.equal(body.maxKeys, PAGE);
        pages.push(body.instances.length);
        seen.push(...body.instances.map((each) => each.id));
        marker = body.isTruncated ? body.nextMarker : '';
      } while (marker);
      assert.deepEqual(pages, [1000, 1000, 500]);
      assert.deepEqual(new Set(seen), made);
    },
    'idempotent-retry': async () => {
      const order = { imageId: IMAGE, spec: 'bcc.g5.c2m8', billing: { paymentTiming: 'Postpaid' } };
      const by = (body) => send('POST', '/v2/instanceBySpec', { clientToken: 'once' }, body);
      const first = (await by(order)).body.instanceIds;
      assert.deepEqual((await by(order)).body.instanceIds, first);
      await refused(by({ ...order, name: 'other' }), 403, 'IdempotentParameterMismatch');
      assert.equal((await client.listInstances()).body.instances.length, 1);
      return 'by client.sendRequest; createInstance takes no clientToken of its caller';
    },
    'retry-500': () => neverRetried({ error: 'InternalError' }, (error) => {
      assert.deepEqual([error.status_code, error.code], [500, 'InternalError']);
    }),
    'retry-503': () => neverRetried({ error: 'Vpc.AddIpv6Exception' }, (error) => {
      assert.deepEqual([error.status_code, error.code], [503, 'Vpc.AddIpv6Exception']);
    }),
    'retry-disconnect': () => neverRetried({ disconnect: true }, (error) => {
      assert.equal(error.code, 'ECONNRESET');
    }),
    'slow-answer': async () => {
      const [id] = await create();
      await control.fail('GetInstance', { delaySeconds: 1, times: 1 });
      const begun = Date.now();
      assert.equal((await instance(id)).status, 'Running');
      assert.ok(Date.now() - begun >= 950);
      return 'this SDK has no timeout: it waits as long as the server takes';
    },
    'error-shape': async () => {
      const error = await refused(client.getInstance('i-nothere1'), 404, 'NoSuchObject');
      const [entry] = (await control.asked(0)).slice(-1);
      assert.equal(error.request_id, entry.requestId);
      assert.equal(error.message, entry.answer.message);
    },
    'operations-sweep': async () => {
      const [id] = await create();
      assert.match((await client.getClientToken()).body.token, /^[0-9a-f-]{36}$/);
      assert.ok((await client.getPackages()).body.price.length > 0);
      const vnc = await client.getVNCUrl(id).then((answer) => answer.body.vncUrl, (error) => error);
      if (vnc.code !== 'NotImplemented') assert.match(vnc, /^https?:/);
      await client.deleteInstance(id);
      await control.settle();
      await refused(client.getInstance(id), 404, 'NoSuchObject');
    },
  };

  return run(Object.entries(scenarios));
};
