import { useLayoutEffect, useRef, useState } from 'react';
import { type Chart, chartRows } from '../../../dialogs/chart.ts';
import { showDrawing } from '../../charts/show-drawing.ts';

/** The chart that the customer was shown, with its figures as a table for screen readers. */
export function ChartFigure({ chart, drawing }: { readonly chart: Chart; readonly drawing: string | undefined }) {
  const place = useRef<HTMLDivElement>(null);
  const [isDrawn, setDrawn] = useState(false);
  useLayoutEffect(() => setDrawn(showDrawing(place.current, drawing)), [drawing]);
  return (
    <figure className="chart">
      <figcaption className="card-title">{chart.title}</figcaption>
      <div ref={place} />
      <dl className={isDrawn ? 'hidden-words' : 'card-rows'} aria-label={chart.title}>
        {chartRows(chart).map(({ label, words }) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{words}</dd>
          </div>
        ))}
      </dl>
      <p>{chart.description}</p>
    </figure>
  );
}
