/** How the arguments of a keyword that is used here are read. */
type ValueKind = 'text' | 'texts' | 'yesNo' | 'port' | 'seconds' | 'count' | readonly string[];

/** The keywords of ssh_config(5) that decide how a connection is made here, each with the form of its value. */
const used = {
  HostName: 'text', Port: 'port', User: 'text', HostKeyAlias: 'text', AddressFamily: ['any', 'inet', 'inet6'], BindAddress: 'text',
  ProxyJump: 'texts', ProxyCommand: 'texts', ConnectTimeout: 'seconds', ServerAliveInterval: 'seconds', ServerAliveCountMax: 'count',
  StrictHostKeyChecking: ['yes', 'true', 'no', 'false', 'ask', 'off', 'accept-new'], UserKnownHostsFile: 'texts', GlobalKnownHostsFile: 'texts',
  HashKnownHosts: 'yesNo', HostKeyAlgorithms: 'text', KexAlgorithms: 'text', Ciphers: 'text', MACs: 'text',
  IdentityFile: 'text', IdentitiesOnly: 'yesNo', IdentityAgent: 'text', PubkeyAcceptedAlgorithms: 'text', PreferredAuthentications: 'text',
  PubkeyAuthentication: ['yes', 'true', 'no', 'false', 'unbound', 'host-bound'], PasswordAuthentication: 'yesNo', KbdInteractiveAuthentication: 'yesNo',
  NumberOfPasswordPrompts: 'count', BatchMode: 'yesNo', IgnoreUnknown: 'text',
} as const satisfies Readonly<Record<string, ValueKind>>;
export type UsedKeyword = keyof typeof used;

/** Keywords that would change how or whether a host is reached or trusted, with the values that leave all as it is. */
const unsupported: Readonly<Record<string, readonly string[]>> = {
  CertificateFile: ['none'], GSSAPIAuthentication: ['no'], HostbasedAuthentication: ['no'], PKCS11Provider: ['none'], SecurityKeyProvider: ['internal', 'none'],
  CanonicalizeHostname: ['no', 'none'], BindInterface: [], ControlPath: ['none'], VerifyHostKeyDNS: ['no'], KnownHostsCommand: ['none'], RevokedHostKeys: ['none'],
  ProxyUseFdpass: ['no'], CASignatureAlgorithms: [], RequiredRSASize: [], RefuseConnection: [], WarnWeakCrypto: ['no', 'no-pq-kex'], Compression: ['no'], RekeyLimit: [],
};

/** Keywords that change nothing here: for terminals, forwarding, logs, multiplexing without a path, and those OpenSSH has given up. */
const withoutEffect = (
  'AddKeysToAgent CanonicalDomains CanonicalizeFallbackLocal CanonicalizeMaxDots CanonicalizePermittedCNAMEs ChannelTimeout CheckHostIP '
  + 'ClearAllForwardings ConnectionAttempts ControlMaster ControlPersist DynamicForward EnableEscapeCommandline EnableSSHKeysign EscapeChar ExitOnForwardFailure FingerprintHash '
  + 'ForkAfterAuthentication ForwardAgent ForwardX11 ForwardX11Timeout ForwardX11Trusted GatewayPorts GSSAPIDelegateCredentials GSSAPIClientIdentity '
  + 'GSSAPIKeyExchange GSSAPIKexAlgorithms GSSAPIRenewalForcesRekey GSSAPIServerIdentity GSSAPITrustDns HostbasedAcceptedAlgorithms HostbasedKeyTypes '
  + 'IPQoS KbdInteractiveDevices LocalCommand LocalForward LogLevel LogVerbose NoHostAuthenticationForLocalhost ObscureKeystrokeTiming PermitLocalCommand '
  + 'PermitRemoteOpen RemoteCommand RemoteForward RequestTTY SendEnv SessionType SetEnv StdinNull StreamLocalBindMask StreamLocalBindUnlink '
  + 'SyslogFacility Tag TCPKeepAlive Tunnel TunnelDevice UpdateHostKeys UseKeychain UseRoaming VersionAddendum VisualHostKey XAuthLocation '
  + 'Cipher Protocol RSAAuthentication RhostsRSAAuthentication UsePrivilegedPort CompressionLevel FallBackToRsh UseRsh GlobalKnownHostsFile2 UserKnownHostsFile2 '
  + 'PreferredKeyTypes AFSTokenPassing KerberosAuthentication KerberosTgtPassing SmartcardDevice UseBlacklistedKeys SetupProxyCommand'
).split(' ');

/** Older names (and one that patched builds use), as OpenSSH still reads them. */
const otherNames: Readonly<Record<string, UsedKeyword>> = {
  identityfile2: 'IdentityFile', dsaauthentication: 'PubkeyAuthentication', challengeresponseauthentication: 'KbdInteractiveAuthentication',
  skeyauthentication: 'KbdInteractiveAuthentication', tisauthentication: 'KbdInteractiveAuthentication', pubkeyacceptedkeytypes: 'PubkeyAcceptedAlgorithms',
};

const names = new Map([...Object.keys(used), ...Object.keys(unsupported), ...withoutEffect, 'Host', 'Match', 'Include'].map((name) => [name.toLowerCase(), name]));

/** The keyword as ssh_config(5) writes it; undefined for one that is not known here. */
export function keywordOf(written: string): string | undefined {
  const lower = written.toLowerCase();
  return otherNames[lower] ?? names.get(lower);
}

export function isUsedKeyword(keyword: string): keyword is UsedKeyword {
  return Object.hasOwn(used, keyword);
}

/** True when the value asks for something that would change how or whether a host is reached or trusted, and cannot be done here. */
export function isUnsupported(keyword: string, value: string): boolean {
  const harmless = unsupported[keyword];
  return harmless !== undefined && !harmless.includes(value.toLowerCase());
}

/** `90`, `1m30s`, `2h`; undefined for anything else (sshd_config(5), TIME FORMATS). */
export function readSeconds(text: string): number | undefined {
  if (!/^(?:\d+[smhdw]?)+$/i.test(text)) return undefined;
  const units: Readonly<Record<string, number>> = { '': 1, s: 1, m: 60, h: 3600, d: 86_400, w: 604_800 };
  const total = [...text.toLowerCase().matchAll(/(\d+)([smhdw]?)/g)].reduce((sum, [, number, unit]) => sum + Number(number) * (units[unit ?? ''] ?? 1), 0);
  return total <= 2_147_483_647 ? total : undefined;
}

const yesNo = ['yes', 'true', 'no', 'false'];

/** What is wrong with the arguments of a keyword that is used here. */
export function checkValue(keyword: UsedKeyword, words: readonly string[]): 'missing' | 'value' | 'extra' | undefined {
  const kind: ValueKind = used[keyword];
  const [value] = words;
  if (value === undefined || value === '') return 'missing';
  if (kind === 'texts') return undefined;
  if (words.length > 1) return 'extra';
  switch (kind) {
    case 'text':
      return undefined;
    case 'port':
      return /^\d{1,5}$/.test(value) && Number(value) >= 1 && Number(value) <= 65_535 ? undefined : 'value';
    case 'seconds':
      return value === 'none' || readSeconds(value) !== undefined ? undefined : 'value';
    case 'count':
      return /^\d{1,9}$/.test(value) ? undefined : 'value';
    case 'yesNo':
      return yesNo.includes(value.toLowerCase()) ? undefined : 'value';
    default:
      return kind.includes(value.toLowerCase()) ? undefined : 'value';
  }
}
