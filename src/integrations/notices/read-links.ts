import { createUntilSeal } from '../seal-until.ts';

/** Links by which a contact of an account confirms to have read a notice. What they mean is sealed in them. */
export interface ReadLinks {
  /** `until`: from then on it leads nowhere, UTC ms. */
  linkTo(siteNoticeId: string, until: number): string;
  /** The notice; `undefined`: not from us, or too old. */
  open(token: string, now: number): string | undefined;
}

export const READ_PATH = '/notices/read';

export function createReadLinks(secretKey: string, publicUrl: string): ReadLinks {
  const { seal, open } = createUntilSeal<string>(secretKey, 'notice-read');
  return { linkTo: (id, until) => `${publicUrl}${READ_PATH}/${seal(id, until)}`, open };
}
