import { useCallback } from 'react';
import { callDesk } from './call-desk.ts';
import { HourDrawing } from './drawing.tsx';
import { usePolled } from './use-polled.ts';
import { WideTable } from './wide-table.tsx';

const EVERY_MS = 60_000;

/** What customers asked for by hour, drawn, and as a table for who cannot see the drawing. */
export function TopicsFigure({
  hours,
  onError,
}: {
  readonly hours: number;
  readonly onError: (error: unknown) => void;
}) {
  const read = useCallback(() => callDesk.topics(hours), [hours]);
  const { answer } = usePolled(read, EVERY_MS, onError);
  if (answer === undefined) {
    return null;
  }
  return (
    <figure className="board-part">
      <figcaption>
        <h3 className="board-title">{answer.title}</h3>
      </figcaption>
      {answer.series.length === 0 ? (
        <p className="quiet">{answer.description}</p>
      ) : (
        <HourDrawing drawings={answer.drawings} />
      )}
      {answer.series.length > 0 && (
        <details>
          <summary>Xem bằng bảng</summary>
          <WideTable label="Chủ đề theo giờ, bằng bảng">
            <thead>
              <tr>
                <th scope="col">Chủ đề</th>
                {answer.hours.map((hour) => (
                  <th scope="col" key={hour}>
                    {hour}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {answer.series.map(({ name, counts }) => (
                <tr key={name}>
                  <th scope="row">{name}</th>
                  {answer.hours.map((hour, index) => (
                    <td key={hour}>{counts[index]}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </WideTable>
        </details>
      )}
    </figure>
  );
}
