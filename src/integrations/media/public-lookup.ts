import { type LookupAddress, lookup as lookupName } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { isPublicAddress } from './media-source.ts';

export const NOT_PUBLIC = 'ERR_ADDRESS_NOT_PUBLIC';

/** Finds every address of a name, as `dns.lookup` does with `all`. */
export type FindAddresses = (
  hostname: string,
  options: { readonly all: true },
  found: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

/**
 * A look-up for sockets that hands out public addresses only. The socket connects to what was checked, so a name
 * cannot change its address in between.
 */
export function createPublicLookup(findAddresses: FindAddresses = lookupName): LookupFunction {
  return (hostname, options, callback) => {
    findAddresses(hostname, { ...options, all: true }, (error, addresses) => {
      if (error !== null) {
        callback(error, '', 0);
        return;
      }
      const [first] = addresses;
      if (first === undefined || !addresses.every(({ address }) => isPublicAddress(address))) {
        const refusal = new Error('The name leads to an address that is not on the public internet.');
        callback(Object.assign(refusal, { code: NOT_PUBLIC }), '', 0);
        return;
      }
      if (options.all === true) {
        callback(null, addresses);
      } else {
        callback(null, first.address, first.family);
      }
    });
  };
}
