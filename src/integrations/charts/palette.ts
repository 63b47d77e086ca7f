/** Colours of a chart, as CSS knows them. */
export interface Palette {
  readonly text: string;
  readonly line: string;
  readonly plain: string;
  readonly asked: string;
  readonly compared: string;
}

/** For a picture: on white. Each bar has a contrast of 3:1 or more against it. */
export const ON_WHITE: Palette = {
  text: '#16202e',
  line: '#8391a7',
  plain: '#6a8fbf',
  asked: '#0a4c9b',
  compared: '#b45f06',
};

/** For a page: the colours of the place where it stands, `--chart-…`, or those on white. */
export const OF_THE_PAGE: Palette = {
  text: 'currentColor',
  line: `var(--chart-line, ${ON_WHITE.line})`,
  plain: `var(--chart-plain, ${ON_WHITE.plain})`,
  asked: `var(--chart-asked, ${ON_WHITE.asked})`,
  compared: `var(--chart-compared, ${ON_WHITE.compared})`,
};
