/** Tells that what everybody is shown may have changed. It carries nothing, so losing one only delays. */
export interface BannerNews {
  tell(): void;
  /** Returns the function that ends the subscription. */
  subscribe(listener: () => void): () => void;
}

/** Within this process: all that one node needs. */
export function createLocalBannerNews(): BannerNews {
  const listeners = new Set<() => void>();
  return {
    tell() {
      for (const listener of listeners) {
        listener();
      }
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
