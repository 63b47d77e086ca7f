/** @jsxImportSource preact */

/** The sign of the bot and of the house. */
export function Bolt() {
  return (
    <svg viewBox="0 0 24 24" aria-hidden="true">
      <path d="M13.5 2 5 13.5h5.5L9 22l9.5-12H13z" />
    </svg>
  );
}
