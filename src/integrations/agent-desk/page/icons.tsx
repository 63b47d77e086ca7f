const PATHS = {
  bolt: 'M13 2 4 14h6l-1 8 9-12h-6z',
  back: 'M15 5l-7 7 7 7',
  info: 'M12 8h.01M11 12h1v5h1M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18z',
  send: 'M4 12 20 4l-6 16-3-7z',
  close: 'M6 6l12 12M18 6 6 18',
  team: 'M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM2.500 20a6.500 6.500 0 0 1 13 0M16 4.500a3.500 3.500 0 0 1 0 6.500M18 14.500a6.500 6.500 0 0 1 3.500 5.500',
  exit: 'M14 4h5v16h-5M10 8l-4 4 4 4M6 12h10',
  alarm: 'M12 4 2.500 20h19zM12 10v4M12 17h.01',
  clock: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 7v5l3 2',
  tick: 'M4 12.500l4.500 4.500L19 7',
  ticks: 'M2 12.500l4.500 4.500L17 7M11 16l1.500 1.500L22 8',
  question: 'M9 9a3 3 0 1 1 4.500 2.600c-1 .6-1.500 1.200-1.500 2.400M12 18h.01',
  undo: 'M9 7 4 12l5 5M4 12h11a5 5 0 0 1 0 10h-2',
  search: 'M11 4a7 7 0 1 0 0 14 7 7 0 0 0 0-14zM16 16l5 5',
  board: 'M4 20V10M10 20V4M16 20v-8M3 20h18',
  trend: 'M3 20h18M4 15l5-5 4 3 7-8M15 5h5v5',
  clip: 'M20 11l-8.500 8.500a5 5 0 0 1-7-7L13 4a3.500 3.500 0 0 1 5 5l-8.500 8.500a1.800 1.800 0 0 1-2.500-2.500L14.500 8',
  lesson: 'M3 8l9-4 9 4-9 4zM7 10v5c3 2.500 7 2.500 10 0v-5M21 8v6',
  print: 'M7 9V4h10v5M7 17H4v-8h16v8h-3M7 14h10v6H7z',
  talk: 'M4 5h16v11H10l-4 4v-4H4z',
  shield: 'M12 3l8 3v6c0 5-3.500 8-8 9-4.500-1-8-4-8-9V6zM9 12l2 2 4-4',
  badge:
    'M3 6h18v13H3zM8.500 13a2 2 0 1 0 0-4 2 2 0 0 0 0 4zM5.500 16.500a3 3 0 0 1 6 0M14.500 11h3.500M14.500 14h3.500',
  down: 'M6 10l6 6 6-6',
} as const;

/** A line drawing without meaning of its own: the words beside it say what it is. */
export function Icon({ name, size = 18 }: { readonly name: keyof typeof PATHS; readonly size?: number }) {
  return (
    <svg className="icon" width={size} height={size} viewBox="0 0 24 24" aria-hidden="true">
      <path d={PATHS[name]} />
    </svg>
  );
}
