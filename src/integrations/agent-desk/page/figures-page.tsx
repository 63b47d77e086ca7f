import { useCallback, useState } from 'react';
import { Button } from 'react-aria-components';
import type { FiguresQuery, NamedCounts } from '../desk-api/figures.ts';
import { channelWords, HANDOFF_REASONS, reasonWords, topicWords } from '../desk-words.ts';
import { decidedOf, figureGroups, GROUPED_WORDS, OUTCOME_WORDS, shareWords } from '../figure-words.ts';
import { callDesk } from './call-desk.ts';
import { HourDrawing } from './drawing.tsx';
import { FiguresFilter } from './figures-filter.tsx';
import { dateTimeWords, dateWords } from './format.ts';
import { Icon } from './icons.tsx';
import { LoadingPage } from './loading-page.tsx';
import { saveFile } from './save-file.ts';
import { usePolled } from './use-polled.ts';
import { WideTable } from './wide-table.tsx';

interface FiguresProps {
  readonly now: number;
  readonly onError: (error: unknown) => void;
  readonly onReadError: (error: unknown) => void;
}

const EVERY_MS = 60_000;
const DAY_MS = 86_400_000;
const DAYS = [1, 7, 30] as const;

/** What has become of what customers came with: every figure beside its whole and its definition. */
export function FiguresPage({ now, onError, onReadError }: FiguresProps) {
  const [query, setQuery] = useState<FiguresQuery>(() => lastDays(7, now));
  const [isSaving, setSaving] = useState(false);
  const read = useCallback(() => callDesk.figures(query), [query]);
  const { answer, hasFailed } = usePolled(read, EVERY_MS, onReadError);
  if (answer === undefined) {
    return <LoadingPage words="Đang tải số liệu" hasFailed={hasFailed} />;
  }
  const save = async () => {
    setSaving(true);
    await callDesk
      .exportFigures(query)
      .then(({ name, content }) => saveFile(name, content, 'text/csv;charset=utf-8'), onError)
      .finally(() => setSaving(false));
  };
  const { total, chart, byTopic, byChannel } = answer;
  const reasons = reasonRows(total.reasons);
  return (
    <main className="place-page figures-page">
      <header className="board-head">
        <h2>Số liệu</h2>
        <fieldset className="segments" aria-label="Những ngày gần đây">
          {DAYS.map((days) => {
            const { from, to } = lastDays(days, now);
            return (
              <Button
                key={days}
                className="button secondary"
                aria-pressed={from === query.from && to === query.to}
                onPress={() => setQuery({ ...query, from, to })}
              >
                {days === 1 ? 'Hôm nay' : `${days} ngày`}
              </Button>
            );
          })}
        </fieldset>
        <Button className="button secondary" isDisabled={isSaving} onPress={save}>
          <Icon name="down" size={16} /> Xuất CSV
        </Button>
      </header>
      <FiguresFilter query={query} answer={answer} onChange={setQuery} />
      <p className="quiet">
        {dateWords(answer.query.from)} – {dateWords(answer.query.to)}, tính lúc {dateTimeWords(answer.now)}. Dưới 20
        lượt thì chỉ ghi số, không ghi phần trăm.
      </p>
      <figure className="board-part">
        <figcaption>
          <h3 className="board-title">{chart.title}</h3>
        </figcaption>
        {total.contacts === 0 ? (
          <p className="quiet">Chưa có lượt liên hệ nào trong những ngày này.</p>
        ) : (
          <HourDrawing drawings={answer.drawings} />
        )}
        <details>
          <summary>Xem bằng bảng</summary>
          <WideTable label="Kết quả theo ngày, bằng bảng">
            <thead>
              <tr>
                <th scope="col">Ngày</th>
                {chart.series.map(({ name }) => (
                  <th scope="col" key={name}>
                    {name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {chart.hours.map((day, index) => (
                <tr key={day}>
                  <th scope="row">{day}</th>
                  {chart.series.map(({ name, counts }) => (
                    <td key={name}>{counts[index]}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </WideTable>
        </details>
      </figure>
      {figureGroups(total, answer.reporters).map(({ title, lines }) => (
        <section key={title} className="board-part" aria-label={title}>
          <h3 className="board-title">{title}</h3>
          <dl className="figure-lines">
            {lines.map(({ name, value, definition }) => (
              <div key={name} className="figure-line">
                <dt>{name}</dt>
                <dd className="figure-value">{value}</dd>
                <dd className="quiet">{definition}</dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
      <section className="board-part">
        <h3 className="board-title">Vì sao chuyển nhân viên</h3>
        {reasons.length === 0 ? (
          <p className="quiet">Không có lượt nào chuyển nhân viên.</p>
        ) : (
          <WideTable label="Vì sao chuyển nhân viên">
            <thead>
              <tr>
                <th scope="col">Lý do</th>
                <th scope="col">Trên số lượt chuyển</th>
              </tr>
            </thead>
            <tbody>
              {reasons.map(({ name, count }) => (
                <tr key={name}>
                  <th scope="row">{name}</th>
                  <td>{shareWords(count, total.outcomes.handed_off)}</td>
                </tr>
              ))}
            </tbody>
          </WideTable>
        )}
      </section>
      <CountsTable title="Theo chủ đề" head="Chủ đề" rows={byTopic} words={topicWords} />
      <CountsTable title="Theo kênh" head="Kênh" rows={byChannel} words={channelWords} />
    </main>
  );
}

interface CountsTableProps {
  readonly title: string;
  readonly head: string;
  readonly rows: readonly NamedCounts[];
  readonly words: (name: string) => string;
}

function CountsTable({ title, head, rows, words }: CountsTableProps) {
  const tellsReporters = rows.some(({ reporters }) => reporters !== undefined);
  return (
    <section className="board-part">
      <h3 className="board-title">{title}</h3>
      <WideTable label={title}>
        <thead>
          <tr>
            <th scope="col">{head}</th>
            <th scope="col">Lượt liên hệ</th>
            <th scope="col">{OUTCOME_WORDS.contained}</th>
            <th scope="col">{OUTCOME_WORDS.handed_off}</th>
            <th scope="col">{OUTCOME_WORDS.left_open}</th>
            <th scope="col">Tin bot không hiểu</th>
            {tellsReporters && <th scope="col">{GROUPED_WORDS}</th>}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ name, counts, reporters }) => (
            <tr key={name}>
              <th scope="row">{words(name)}</th>
              <td>{counts.contacts.toLocaleString('vi-VN')}</td>
              <td>{shareWords(counts.outcomes.contained, decidedOf(counts))}</td>
              <td>{shareWords(counts.outcomes.handed_off, decidedOf(counts))}</td>
              <td>{shareWords(counts.outcomes.left_open, decidedOf(counts))}</td>
              <td>{shareWords(counts.missed, counts.messages)}</td>
              {reporters !== undefined && <td>{shareWords(reporters.grouped, reporters.reporters)}</td>}
            </tr>
          ))}
        </tbody>
      </WideTable>
    </section>
  );
}

/** Most frequent first; what has no words of its own stands together. */
function reasonRows(reasons: Readonly<Record<string, number>>): readonly { name: string; count: number }[] {
  const byName = new Map<string, number>();
  for (const [reason, count] of Object.entries(reasons)) {
    const name = HANDOFF_REASONS.includes(reason) ? reasonWords(reason) : 'Lý do khác';
    byName.set(name, (byName.get(name) ?? 0) + count);
  }
  return [...byName].map(([name, count]) => ({ name, count })).sort((a, b) => b.count - a.count);
}

/** Up to today, in Viet Nam. */
function lastDays(days: number, now: number): FiguresQuery {
  const dayOf = (at: number) => new Date(at + 7 * 3_600_000).toISOString().slice(0, 10);
  return { from: dayOf(now - (days - 1) * DAY_MS), to: dayOf(now) };
}
