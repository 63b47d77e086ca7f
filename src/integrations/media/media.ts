import type { KeptMedia } from '../../bot/media.ts';
import type { Attachment } from '../../bot/message.ts';

/** A file with what it is. */
export type Media = KeptMedia;

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
  /** `release`: gives up the copy that it was brought from; call it when the file is kept. */
  | { readonly kind: 'media'; readonly media: Media; readonly release?: () => Promise<void> }
  /** It would be refused again. */
  | { readonly kind: 'refused'; readonly reason: MediaRefusal }
  /** Nobody answered, or in trouble: worth another try. */
  | { readonly kind: 'failed'; readonly reason: string };

/** Brings the file of an attachment in the channel's own way. Never throws. */
export type BringMedia = (attachment: Attachment) => Promise<MediaResult>;
