/** @jsxImportSource preact */
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { type Chart, chartRows } from '../../../../dialogs/chart.ts';
import { showDrawing } from '../../../charts/show-drawing.ts';

interface ChartViewProps {
  readonly chart: Chart;
  /** Its SVG; without it the figures stand as a table. */
  readonly drawing: string | undefined;
}

/** A chart as a picture, with its figures in a table that a screen reader reads. */
export function ChartView({ chart, drawing }: ChartViewProps) {
  const place = useRef<HTMLDivElement>(null);
  const [isDrawn, setDrawn] = useState(false);
  useLayoutEffect(() => setDrawn(showDrawing(place.current, drawing)), [drawing]);
  return (
    <figure class="bubble chart">
      <figcaption>{chart.title}</figcaption>
      <div ref={place} class="drawing" />
      <div class={isDrawn ? 'hidden' : ''}>
        <table>
          <caption class="hidden">{chart.title}</caption>
          <thead>
            <tr>
              <th scope="col">Tháng</th>
              <th scope="col">Điện và tiền</th>
            </tr>
          </thead>
          <tbody>
            {chartRows(chart).map(({ label, words }) => (
              <tr key={label}>
                <th scope="row">{label}</th>
                <td>{words}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p>{chart.description}</p>
    </figure>
  );
}
