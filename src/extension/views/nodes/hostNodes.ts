import { describeError } from '../../../core/errors';
import { defaultPort, type Host } from '../../../core/hosts/model';
import { describeSystem } from '../../../core/packages/identity';
import type { ViewTextKey } from '../../../core/text/viewText';
import { tooltipMarkdown } from './markdown';
import type { NodeContext } from './nodeContext';
import { joinParts, pageChildren, type NodeIcon, type ViewNode } from './viewNode';

type HostState = NonNullable<Host['contact']>['state'] | 'not-tested' | 'testing';

const states: Readonly<Record<HostState, { readonly icon: NodeIcon; readonly words: ViewTextKey }>> = {
  reachable: { icon: { id: 'vm-active', color: 'charts.green' }, words: 'hostReachable' },
  unreachable: { icon: { id: 'debug-disconnect', color: 'errorForeground' }, words: 'hostUnreachable' },
  'key-unknown': { icon: { id: 'shield', color: 'problemsWarningIcon.foreground' }, words: 'hostKeyUnknown' },
  'key-changed': { icon: { id: 'shield', color: 'errorForeground' }, words: 'hostKeyChanged' },
  'login-refused': { icon: { id: 'key', color: 'errorForeground' }, words: 'hostLoginRefused' },
  'not-tested': { icon: { id: 'vm' }, words: 'hostNotTested' },
  testing: { icon: { id: 'sync~spin', color: 'charts.blue' }, words: 'hostTesting' },
};

/** The hosts by name, each with how the last contact with it went. @param testing ids of hosts that this window is testing now */
export function hostNodes(hosts: readonly Host[], testing: ReadonlySet<string>, context: NodeContext): readonly ViewNode[] {
  const nodes = [...hosts].sort((a, b) => context.compareNames(a.name, b.name)).map((host) => hostNode(host, testing.has(host.id), context));
  return pageChildren('hosts', nodes, context.limits, (n) => context.text('showMore', { n }));
}

/** The system a host told of at its last contact, e.g. `Linux 64-bit`. */
export function describeHostSystem(host: Pick<Host, 'system'>, bit: string): string | undefined {
  return host.system === undefined ? undefined : describeSystem(host.system, bit);
}

/** Address and, where it is not the usual one, port. */
export function describeAddress(host: Pick<Host, 'address' | 'port'>): string {
  if (host.port === defaultPort || host.port === 0) return host.address;
  return host.address.includes(':') ? `[${host.address}]:${host.port}` : `${host.address}:${host.port}`;
}

const signInWords = { sshConfig: 'signInSshConfig', agent: 'signInAgent', password: 'signInPassword' } as const;

function hostNode(host: Host, testing: boolean, context: NodeContext): ViewNode {
  const { text } = context;
  const { icon, words } = states[testing ? 'testing' : (host.contact?.state ?? 'not-tested')];
  const system = describeHostSystem(host, text('bit'));
  const state = words === 'hostReachable' && system !== undefined ? system : text(words);
  const address = describeAddress(host);
  // A protected host says so whether or not it can be reached.
  const tags = (words === 'hostReachable' ? host.tags : host.protectedBy).join(', ');
  const { authentication } = host;
  const protection = host.protectedBy.length === 0 ? undefined : text('protectedBy', { tags: host.protectedBy.join(', ') });
  return {
    id: `host:${host.id}`, label: host.name, description: joinParts(address, state, tags), icon, ...(host.protectedBy.length > 0 && { decoration: 'protected' as const }), contextValue: testing ? 'host.testing' : 'host',
    accessibilityLabel: () => text('accessibleHost', { name: host.name, address, state: joinParts(text(words), words === 'hostReachable' ? system : undefined, protection) }),
    collapse: 'none', children: [], subject: { kind: 'host', host }, command: 'gaxPackages.hosts.edit',
    tooltip: () =>
      tooltipMarkdown(host.name, [
        [text('fieldAddress'), address],
        [text('fieldUser'), host.user],
        [text('fieldSignIn'), authentication.kind === 'key' ? text('signInKey', { file: authentication.keyFile }) : text(signInWords[authentication.kind])],
        [text('fieldOperatingSystem'), joinParts(system, host.system?.release)],
        [text('fieldTags'), host.tags.length === 0 ? undefined : host.tags.join(', ')],
        [text('fieldProtected'), protection],
        [text('fieldStatus'), text(words)],
        [text('fieldLastTest'), host.contact === undefined ? undefined : context.formatTime(host.contact.at)],
        ['', host.contact?.error === undefined ? undefined : describeError(context.locale, host.contact.error)],
      ]),
  };
}
