import { createCipheriv, createDecipheriv, createHmac, hkdfSync } from 'node:crypto';

/** Telephone numbers and mail addresses as they stand in conversation ids: unreadable, the same for the same address. */
export interface AddressSeal {
  seal(channel: string, address: string): string;
  /** `undefined`: not sealed by this key for this channel. */
  open(channel: string, sealed: string): string | undefined;
}

const CIPHER = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const KEY_BYTES = 32;

/**
 * Conversation ids are written into logs, so no address may be read from one. Encrypted with a nonce that is derived
 * from the address itself: the same address gives the same id, and no table of addresses is needed to send.
 */
export function createAddressSeal(secretKey: string): AddressSeal {
  const derive = (use: string) => Buffer.from(hkdfSync('sha256', secretKey, '', `sealed-address/${use}`, KEY_BYTES));
  const [key, nonceKey] = [derive('key'), derive('nonce')];
  return {
    seal(channel, address) {
      const nonce = createHmac('sha256', nonceKey).update(`${channel}\n${address}`).digest().subarray(0, NONCE_BYTES);
      const cipher = createCipheriv(CIPHER, key, nonce).setAAD(Buffer.from(channel));
      const body = Buffer.concat([cipher.update(address, 'utf8'), cipher.final()]);
      return Buffer.concat([nonce, body, cipher.getAuthTag()]).toString('base64url');
    },
    open(channel, sealed) {
      const bytes = Buffer.from(sealed, 'base64url');
      if (bytes.length <= NONCE_BYTES + TAG_BYTES) {
        return undefined;
      }
      try {
        const decipher = createDecipheriv(CIPHER, key, bytes.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES })
          .setAAD(Buffer.from(channel))
          .setAuthTag(bytes.subarray(-TAG_BYTES));
        const body = decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES));
        return Buffer.concat([body, decipher.final()]).toString('utf8');
      } catch {
        return undefined;
      }
    },
  };
}
