import type { Outcome } from './direct-line-api.ts';
import { createRounds } from './rounds.ts';
import { WORDS } from './words.ts';

/** A file of the visitor that the conversation does not show yet. */
export interface UploadItem {
  readonly id: string;
  readonly name: string;
  /** An address of this page that shows the picture; absent for other files. */
  readonly preview?: string;
  /** UTC ms, for showing only. */
  readonly at: number;
  readonly state: 'waiting' | 'sent' | 'refused';
  /** The part that is through, from 0 to 1. */
  readonly progress: number;
  readonly note?: string;
}

/**
 * Files on their way, one after the other, each again under the same id until it is acknowledged. They are in the memory
 * of this tab alone: no browser keeps ten megabytes aside for a page.
 */
export interface UploadQueue {
  items(): readonly UploadItem[];
  add(file: File): void;
  retry(id: string): void;
  discard(id: string): void;
  /** The conversation shows these messages now; their pictures can still be shown here. */
  confirm(ids: readonly string[]): void;
  /** The picture that this tab has sent under an id. */
  previewOf(id: string): string | undefined;
  /** Sends what waits, now. */
  flush(): void;
}

export interface UploadQueueDeps {
  readonly upload: (
    upload: { readonly id: string; readonly file: File },
    onProgress: (part: number) => void,
  ) => Promise<Outcome<string>>;
  readonly now: () => number;
  readonly newId: () => string;
  readonly backoff: (failures: number) => number;
  readonly showPicture: (file: File) => string;
  readonly onChange: () => void;
}

/** As the server says; told here before anything is sent. */
const LARGEST_BYTES = 10 * 1024 * 1024;

export function createUploadQueue(deps: UploadQueueDeps): UploadQueue {
  const queue = new Map<string, { readonly item: UploadItem; readonly file: File }>();
  const previews = new Map<string, string>();
  let failures = 0;
  const rounds = createRounds(sendAll);

  function change(id: string, more: Partial<UploadItem>): void {
    const found = queue.get(id);
    if (found !== undefined) {
      queue.set(id, { ...found, item: { ...found.item, ...more } });
      deps.onChange();
    }
  }

  async function sendAll(): Promise<void> {
    for (;;) {
      const next = [...queue.values()].find(({ item }) => item.state === 'waiting');
      if (next === undefined) {
        return;
      }
      const { id } = next.item;
      const outcome = await deps.upload({ id, file: next.file }, (progress) => change(id, { progress }));
      if (!outcome.ok && outcome.why !== 'refused') {
        failures += 1;
        rounds.startAfter(outcome.afterMs ?? deps.backoff(failures));
        change(id, { progress: 0 });
        return;
      }
      failures = 0;
      change(id, outcome.ok ? { state: 'sent' } : { state: 'refused', note: outcome.note ?? WORDS.notSent });
    }
  }

  return {
    items: () => [...queue.values()].map(({ item }) => item),
    add(file) {
      const id = deps.newId();
      const preview = file.type.startsWith('image/') ? deps.showPicture(file) : undefined;
      if (preview !== undefined) {
        previews.set(id, preview);
      }
      const isTooLarge = file.size > LARGEST_BYTES;
      const item: UploadItem = {
        ...{ id, name: file.name, at: deps.now(), progress: 0, state: isTooLarge ? 'refused' : 'waiting' },
        ...(isTooLarge && { note: WORDS.tooLarge }),
        ...(preview !== undefined && { preview }),
      };
      queue.set(id, { item, file });
      deps.onChange();
      rounds.start();
    },
    retry(id) {
      const found = queue.get(id);
      if (found !== undefined && found.file.size <= LARGEST_BYTES) {
        change(id, { state: 'waiting', progress: 0 });
      }
      rounds.start();
    },
    discard(id) {
      queue.delete(id);
      deps.onChange();
    },
    confirm(ids) {
      for (const id of ids) {
        queue.delete(id);
      }
    },
    previewOf: (id) => previews.get(id),
    flush: rounds.start,
  };
}
