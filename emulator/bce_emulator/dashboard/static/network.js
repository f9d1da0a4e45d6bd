// A picture of the network of a VPC: its subnets with what is in them, and the gateways at its edge.

import { get } from './api.js';
import { choice, h, put, s } from './dom.js';
import { empty } from './empty.js';
import { count, t } from './i18n.js';
import { reach } from './reach.js';
import { kindName } from './resources.js';
import { here } from './session.js';

const PLACED = ['bcc.Instance', 'bbc.Instance', 'blb.LoadBalancer', 'vpc.Nic', 'vpc.HaVip', 'vpc.Snic'];
const EDGE = ['vpc.Nat', 'vpc.Ipv6Gateway', 'vpc.Vpn', 'vpc.EtGateway', 'vpc.PeerConn', 'vpc.RouteTable'];
const BOX = { width: 176, height: 52, gap: 10 };
const WIDTH = 1160;
const SHOWN = 24;

export default async function network([id = '']) {
  const vpcs = (await get('resources', { ...here(), kind: 'vpc.Vpc', limit: 1000 })).resources;
  const body = h('div');
  const reachable = reach(body);
  const chosen = vpcs.some((each) => each.id === id) ? id : vpcs.at(-1)?.id;
  let said = '';
  async function refresh() {
    if (!chosen) { put(body, h('div', { class: 'empty' }, empty(t('Network')))); return; }
    const vpc = await get(`resources/${chosen}`, { ...here(), kind: 'vpc.Vpc' });
    const inside = await get('resources', { ...here(), within: chosen, limit: 1000 });
    const text = JSON.stringify([vpc.fields, inside.resources]);
    if (text !== said) {
      said = text;
      put(body, picture(vpc, inside.resources), inside.matching > inside.resources.length ? h('p', { class: 'quiet' }, t('The newest {0} of {1} resources are drawn.', count(inside.resources.length), count(inside.matching))) : null);
    }
    await reachable.refresh(inside.resources.filter((each) => PLACED.includes(each.kind)));
  }
  return {
    element: h('div', {}, h('div', { class: 'row bar' }, h('h1', {}, t('Network')),
      vpcs.length ? choice(vpcs.map((each) => [each.id, `${each.name} (${each.id}) ${each.addresses[0] ?? ''}`]), chosen, (name) => { location.hash = `#/network/${name}`; }, { 'aria-label': t('VPC') }) : null), body, vpcs.length ? reachable.element : null),
    refresh,
  };
}

const names = (resource, kind) => resource.refersTo.filter((each) => each.kind === kind).map((each) => each.id);

function box(resource, x, y, publics, groups) {
  const [first, ...rest] = [...resource.addresses, ...publics].filter((each, at, all) => all.indexOf(each) === at);
  const reached = rest.find((each) => publics.includes(each)) ?? rest[0];
  return s('a', { href: `#/resources/${resource.kind}/${encodeURIComponent(resource.id)}` },
    s('title', {}, [`${kindName(resource.kind)} ${resource.id}`, resource.name, resource.status, ...resource.addresses, ...groups].join('\n')),
    s('rect', { x, y, width: BOX.width, height: BOX.height, rx: 6, class: `box ${resource.kind.replace('.', '-')} ${resource.pending ? 'going' : resource.status}` }),
    s('circle', { cx: x + 12, cy: y + 15, r: 4, class: `dot ${resource.pending ? 'going' : resource.status}` }),
    s('text', { x: x + 22, y: y + 19, class: 'title' }, cut(resource.name || resource.id, 20)),
    s('text', { x: x + 10, y: y + 33, class: 'detail' }, cut(`${kindName(resource.kind)} · ${first ?? resource.status}`, 29)),
    s('text', { x: x + 10, y: y + 46, class: 'detail' }, cut(reached ? `↔ ${reached}` : groups.length ? groups.join(', ') : resource.status, 29)));
}

const cut = (text, most) => (text.length > most ? `${text.slice(0, most - 1)}…` : text);

function picture(vpc, inside) {
  const of = (kind) => inside.filter((each) => each.kind === kind);
  const subnets = of('vpc.Subnet');
  const hosts = new Set([...of('bcc.Instance'), ...of('bbc.Instance'), ...of('blb.LoadBalancer')].flatMap((each) => names(each, 'vpc.Nic')));
  const placed = inside.filter((each) => PLACED.includes(each.kind) && !(each.kind === 'vpc.Nic' && hosts.has(each.id)));
  const groupNames = new Map([...of('vpc.SecurityGroup'), ...of('vpc.EnterpriseSecurityGroup')].map((each) => [each.id, each.name || each.id]));
  const publics = new Map();
  for (const eip of of('eip.Eip')) for (const each of eip.refersTo) publics.set(each.id, [...(publics.get(each.id) ?? []), eip.addresses[0]]);
  const columns = Math.floor((WIDTH - 60) / (BOX.width + BOX.gap));
  const parts = [];
  let y = 62;
  const edge = inside.filter((each) => EDGE.includes(each.kind));
  const grid = (each, top) => {
    each.slice(0, SHOWN).forEach((resource, at) => parts.push(box(resource, 34 + (at % columns) * (BOX.width + BOX.gap), top + Math.floor(at / columns) * (BOX.height + BOX.gap),
      publics.get(resource.id) ?? [], [...names(resource, 'vpc.SecurityGroup'), ...names(resource, 'vpc.EnterpriseSecurityGroup')].map((group) => groupNames.get(group) ?? group))));
    const rows = Math.ceil(Math.min(each.length, SHOWN) / columns);
    if (each.length > SHOWN) parts.push(s('text', { x: 34, y: top + rows * (BOX.height + BOX.gap) + 8, class: 'detail' }, t('{0} more', count(each.length - SHOWN))));
    return rows * (BOX.height + BOX.gap) + (each.length > SHOWN ? 16 : 0);
  };
  if (edge.length) {
    parts.push(s('text', { x: 34, y: y + 2, class: 'caption' }, t('Gateways and routes')));
    y += 12 + grid(edge, y + 12) + 8;
  }
  for (const subnet of subnets) {
    const members = placed.filter((each) => names(each, 'vpc.Subnet').includes(subnet.id));
    const top = y;
    y += 34;
    const begun = parts.length;
    const used = grid(members, y);
    y += used || 4;
    parts.splice(begun, 0, s('rect', { x: 20, y: top, width: WIDTH - 40, height: y - top + 4, rx: 8, class: 'subnet' }),
      s('a', { href: `#/resources/vpc.Subnet/${subnet.id}` }, s('text', { x: 34, y: top + 21, class: 'title' }, `${subnet.name || subnet.id}  ${subnet.addresses.join('  ')}`)),
      s('text', { x: WIDTH - 34, y: top + 21, class: 'detail end' }, members.length ? t('{0} inside', count(members.length)) : t('nothing inside')));
    y += 16;
  }
  if (groupNames.size) {
    parts.push(s('text', { x: 34, y: y + 10, class: 'caption' }, cut(`${t('Security groups')}: ${[...groupNames.values()].join(', ')}`, 160)));
    y += 20;
  }
  return h('div', { class: 'wide', tabindex: 0, role: 'region', 'aria-label': t('Picture of this network') }, s('svg', { class: 'network', viewBox: `0 0 ${WIDTH} ${y + 16}`, role: 'group', 'aria-label': t('Network of {0}', vpc.name || vpc.id) },
    s('rect', { x: 6, y: 6, width: WIDTH - 12, height: y + 4, rx: 10, class: 'vpc' }),
    s('a', { href: `#/resources/vpc.Vpc/${vpc.id}` }, s('text', { x: 22, y: 34, class: 'name' }, `${vpc.name || vpc.id}  ${vpc.addresses.join('  ')}`)),
    parts));
}
