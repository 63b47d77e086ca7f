import { createTextSeal, deriveKey } from '../text-seal.ts';

/** Links by which a contact of an account confirms to have read a notice. What they mean is sealed in them. */
export interface ReadLinks {
  /** `until`: from then on it leads nowhere, UTC ms. */
  linkTo(siteNoticeId: string, until: number): string;
  /** The notice; `undefined`: not from us, or too old. */
  open(token: string, now: number): string | undefined;
}

export const READ_PATH = '/notices/read';
const CONTEXT = 'notice-read';

export function createReadLinks(secretKey: string, publicUrl: string): ReadLinks {
  const seal = createTextSeal(deriveKey(secretKey, 'notice-read/key'));
  return {
    linkTo: (id, until) => `${publicUrl}${READ_PATH}/${seal.seal(JSON.stringify({ id, until }), CONTEXT)}`,
    open(token, now) {
      const opened = seal.open(token, CONTEXT);
      if (opened === undefined) {
        return undefined;
      }
      const { id, until } = JSON.parse(opened) as { readonly id: string; readonly until: number };
      return until > now ? id : undefined;
    },
  };
}
