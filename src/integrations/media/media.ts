import type { MediaType } from './media-type.ts';

/** A file with what it is. */
export interface Media extends MediaType {
  readonly bytes: Uint8Array;
}

export type MediaRefusal =
  | 'host_not_allowed'
  | 'not_https'
  | 'not_a_url'
  | 'address_not_public'
  | 'too_many_redirects'
  | 'not_there'
  | 'too_large'
  | 'type_not_allowed'
  | 'picture_unreadable';

/** What became of a file that should be brought. Never thrown. */
export type MediaResult =
  | { readonly kind: 'media'; readonly media: Media }
  /** It would be refused again. */
  | { readonly kind: 'refused'; readonly reason: MediaRefusal }
  /** Nobody answered, or in trouble: worth another try. */
  | { readonly kind: 'failed'; readonly reason: string };
