import type { KeptMedia } from '../../bot/media.ts';
import type { FetchMedia } from './fetch-media.ts';

/** Files that we have ourselves behind an address of ours: nobody has to be able to reach us for them. */
export interface OwnFiles {
  /** `undefined`: not ours, or the file is gone. */
  open(url: string): Promise<KeptMedia | undefined>;
}

/** Brings files of ours from where they are, all others as `fetchMedia` does. */
export function withOwnFiles(fetchMedia: FetchMedia, { open }: OwnFiles): FetchMedia {
  return async (url) => {
    const media = await open(url);
    return media === undefined ? fetchMedia(url) : { kind: 'media', media };
  };
}
