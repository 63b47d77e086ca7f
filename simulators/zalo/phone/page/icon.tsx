/** @jsxImportSource preact */

/** Drawings of one line on a field of 24 by 24: a machine without a font of emoji shows them too. */
const ICONS = {
  add: 'M12 4v16M4 12h16',
  send: 'M4 11 20 4l-6 16-3-7zM11 13l9-9',
  smile: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM8.5 9.5v.5M15.5 9.5v.5M8 14q4 4.5 8 0',
  picture: 'M4 5h16v14H4zM4 16l5-5 4 4 3-3 4 4M15.5 9v.2',
  meter: 'M5 3h14v18H5zM8 7h8v4H8zM12 14v4M10 16h4',
  place: 'M12 21c5-6 7-8.5 7-11.5a7 7 0 0 0-14 0C5 12.5 7 15 12 21zM12 7.5a2 2 0 1 0 0 4 2 2 0 0 0 0-4z',
  voice: 'M12 3a3 3 0 0 0-3 3v5a3 3 0 0 0 6 0V6a3 3 0 0 0-3-3zM6 11a6 6 0 0 0 12 0M12 17v4M9 21h6',
  file: 'M6 3h8l5 5v13H6zM14 3v5h5M9 13h6M9 17h6',
  person: 'M12 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM4 21c0-4.5 3.5-7 8-7s8 2.5 8 7',
  gif: 'M3 6h18v12H3zM9 10.5a2 2 0 1 0 0 3V12H8M12.5 10v4M15 14v-4h3M15 12h2.5',
  video: 'M3 6h12v12H3zM15 10l6-3v10l-6-3z',
  link: 'M10 14a4 4 0 0 0 6 0l3-3a4 4 0 0 0-6-6l-1 1M14 10a4 4 0 0 0-6 0l-3 3a4 4 0 0 0 6 6l1-1',
  phone: 'M5 4h4l2 5-2.5 1.5a11 11 0 0 0 5 5L15 13l5 2v4a1 1 0 0 1-1 1A15 15 0 0 1 4 5a1 1 0 0 1 1-1z',
  letter: 'M3 6h18v12H3zM3 7l9 7 9-7',
  talk: 'M4 5h16v11H11l-5 4v-4H4z',
  heart: 'M12 20C4 14 3 10.5 3 8.5A4.5 4.5 0 0 1 12 7a4.5 4.5 0 0 1 9 1.5c0 2-1 5.5-9 11.5z',
  thumb: 'M7 11v9H4v-9zM7 11l4-8a2 2 0 0 1 2 2v4h6a1.5 1.5 0 0 1 1.5 2l-2 7.5a1.5 1.5 0 0 1-1.5 1.5H7',
} as const;

export type IconName = keyof typeof ICONS;

/** A drawing beside words, or in a button with a name of its own. `isFilled`: in its colour, as a reaction. */
export function Icon({ name, size = 24, isFilled = false }: { name: IconName; size?: number; isFilled?: boolean }) {
  return (
    <svg class={`icon icon-${name}`} viewBox="0 0 24 24" width={size} height={size} aria-hidden="true">
      <path
        d={ICONS[name]}
        fill={isFilled ? 'currentColor' : 'none'}
        stroke="currentColor"
        stroke-width="1.8"
        stroke-linecap="round"
        stroke-linejoin="round"
      />
    </svg>
  );
}
