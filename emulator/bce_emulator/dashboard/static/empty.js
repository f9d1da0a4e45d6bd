// What to do where nothing is yet: the first lines of the README, with this server's own address.

import { button, copy, h } from './dom.js';
import { t } from './i18n.js';
import { session } from './session.js';


export const firstLines = () => `# pip install bce-python-sdk
from baidubce.auth.bce_credentials import BceCredentials
from baidubce.bce_client_configuration import BceClientConfiguration
from baidubce.services.bcc import bcc_model
from baidubce.services.bcc.bcc_client import BccClient

credentials = BceCredentials(b"${session.account}", b"bce-emulator-secret-key")
client = BccClient(BceClientConfiguration(credentials, endpoint="${location.origin}"))
client.create_instance_by_spec("bcc.g5.c2m8", image_id="m-z2UUQHH9", billing=bcc_model.Billing("Postpaid"))
`;

/** An empty table says how it is filled. */
export function empty(kind) {
  return h('div', {},
    h('h2', {}, t('No {0} here yet', kind)),
    h('p', {}, t('Whatever a client creates in this account and region appears here at once. For example with Python:')),
    h('pre', { tabindex: 0 }, firstLines()),
    h('p', {}, button(t('Copy'), () => copy(firstLines(), t('Copied')))),
    h('p', {}, t('For other clients:'), ' ', h('code', {}, `bce-emulator env --for go`), t(' · to begin with the documented example: '), h('code', {}, 'bce-emulator serve --seed example')));
}

