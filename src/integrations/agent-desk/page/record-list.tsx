import type { ReactNode } from 'react';

interface RecordListProps {
  readonly title: string;
  /** Said when there are none. */
  readonly empty: string;
  /** List items. */
  readonly children: readonly ReactNode[];
}

/** Records under a title that says how many they are. */
export function RecordList({ title, empty, children }: RecordListProps) {
  return (
    <section className="board-part" aria-label={title}>
      <h3 className="board-title">
        {title} {children.length > 0 && <span className="count">{children.length}</span>}
      </h3>
      {children.length === 0 ? <p className="quiet">{empty}</p> : <ul className="open-list">{children}</ul>}
    </section>
  );
}
