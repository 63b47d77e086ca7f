import ipaddr from 'ipaddr.js';

/** Where media may be downloaded from. Whatever is in neither list is refused. */
export interface MediaSource {
  /** Names on the internet, reached over https only: `files.example.vn`, or `*.example.vn` for every name below it. */
  readonly hosts: readonly string[];
  /**
   * `host` or `host:port` that the operator vouches for: our own service, a simulator. Plain http and addresses of
   * this machine or its network are allowed there, and nowhere else.
   */
  readonly trusted?: readonly string[];
}

export type Admission =
  | { readonly kind: 'admitted'; readonly url: URL; readonly isTrusted: boolean }
  | {
      readonly kind: 'refused';
      readonly reason: 'host_not_allowed' | 'not_https' | 'not_a_url' | 'address_not_public';
    };

/** Whether an address may be asked at all. On the internet plain `http` is asked as `https`, as vendors mix them. */
export function admit(text: string, { hosts, trusted = [] }: MediaSource): Admission {
  const url = URL.parse(text);
  if (url === null) {
    return { kind: 'refused', reason: 'not_a_url' };
  }
  const isWeb = url.protocol === 'http:' || url.protocol === 'https:';
  if (!isWeb || url.username !== '' || url.password !== '') {
    return { kind: 'refused', reason: 'not_https' };
  }
  if (trusted.includes(url.host) || trusted.includes(url.hostname)) {
    return { kind: 'admitted', url, isTrusted: true };
  }
  if (!isAmong(url.hostname, hosts)) {
    return { kind: 'refused', reason: 'host_not_allowed' };
  }
  // A number is never looked up, so the look-up of the socket cannot refuse it.
  const bare = url.hostname.replaceAll(/[[\]]/g, '');
  if (ipaddr.isValid(bare) && !isPublicAddress(bare)) {
    return { kind: 'refused', reason: 'address_not_public' };
  }
  // Any other port would be an odd door of that host.
  if (url.port !== '') {
    return { kind: 'refused', reason: 'not_https' };
  }
  url.protocol = 'https:';
  return { kind: 'admitted', url, isTrusted: false };
}

/** Whether a name is in a list as `MediaSource` has it. */
export function isAmong(hostname: string, hosts: readonly string[]): boolean {
  return hosts.some((host) => matches(hostname, host));
}

function matches(hostname: string, allowed: string): boolean {
  return allowed.startsWith('*.') ? hostname.endsWith(allowed.slice(1)) : hostname === allowed;
}

/** Whether an IP address is one of the public internet: no loopback, private, link-local, carrier or reserved one. */
export function isPublicAddress(address: string): boolean {
  return ipaddr.isValid(address) && ipaddr.parse(address).range() === 'unicast';
}
