/** Something that everybody who opens the chat must know now. */
export interface BannerItem {
  /** Names what is shown, with its version: dismissed under this key, it comes back when there is another version. */
  readonly key: string;
  readonly heading: string;
  readonly text: string;
  /** When that was last true, in words; absent when the text says so. */
  readonly updated?: string;
  readonly isDanger: boolean;
  /** For so many ms it may be shown: no clock of a visitor is trusted. */
  readonly lastsMs?: number;
}

/** The most urgent first. */
export type Banner = readonly BannerItem[];
