import { createHmac } from 'node:crypto';
import { createTextSeal, deriveKey, NONCE_BYTES } from './text-seal.ts';

/** Telephone numbers and mail addresses as they stand in conversation ids: unreadable, the same for the same address. */
export interface AddressSeal {
  seal(channel: string, address: string): string;
  /** `undefined`: not sealed by this key for this channel. */
  open(channel: string, sealed: string): string | undefined;
}

/**
 * Conversation ids are written into logs, so no address may be read from one. Encrypted with a nonce that is derived
 * from the address itself: the same address gives the same id, and no table of addresses is needed to send.
 */
export function createAddressSeal(secretKey: string): AddressSeal {
  const texts = createTextSeal(deriveKey(secretKey, 'sealed-address/key'));
  const nonceKey = deriveKey(secretKey, 'sealed-address/nonce');
  return {
    seal(channel, address) {
      const nonce = createHmac('sha256', nonceKey).update(`${channel}\n${address}`).digest().subarray(0, NONCE_BYTES);
      return texts.seal(address, channel, nonce);
    },
    open: (channel, sealed) => texts.open(sealed, channel),
  };
}
