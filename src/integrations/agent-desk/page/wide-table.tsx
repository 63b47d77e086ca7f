import type { ReactNode } from 'react';

/** A table that may be wider than its place: then it can be scrolled, also by keys. */
export function WideTable({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys
    <section className="board-scroll" aria-label={label} tabIndex={0}>
      <table className="team">{children}</table>
    </section>
  );
}
