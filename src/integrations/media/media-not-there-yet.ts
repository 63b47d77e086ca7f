/** A file could not be brought, and may come at the next try. Says nothing of its address, which may hold a token. */
export class MediaNotThereYet extends Error {
  readonly code = 'media_not_there_yet';
  override readonly name = 'MediaNotThereYet';

  constructor(reason: string) {
    super(`A customer's file could not be brought (${reason}): it is tried again.`);
  }
}
