import type { FiguresAnswer, FiguresQuery } from '../desk-api/figures.ts';
import { channelWords, topicWords } from '../desk-words.ts';

interface FilterProps {
  readonly query: FiguresQuery;
  readonly answer: Pick<FiguresAnswer, 'channels' | 'topics'>;
  readonly onChange: (query: FiguresQuery) => void;
}

/** Which days, channel and topic are counted. */
export function FiguresFilter({ query, answer, onChange }: FilterProps) {
  const { channel, topic, ...days } = query;
  const choose = (chosen: Partial<Record<'channel' | 'topic', string>>) =>
    onChange({
      ...days,
      ...Object.fromEntries(Object.entries({ channel, topic, ...chosen }).filter(([, value]) => value)),
    });
  const setDays = (change: Partial<FiguresQuery>) => {
    const { from, to } = { ...query, ...change };
    if (from !== '' && to !== '' && from <= to) {
      onChange({ ...query, from, to });
    }
  };
  return (
    <div className="figures-filter">
      <label className="field">
        Từ ngày
        <input
          type="date"
          value={query.from}
          max={query.to}
          onChange={({ target }) => setDays({ from: target.value })}
        />
      </label>
      <label className="field">
        Đến ngày
        <input type="date" value={query.to} min={query.from} onChange={({ target }) => setDays({ to: target.value })} />
      </label>
      <label className="field">
        Kênh
        <select value={channel ?? ''} onChange={({ target }) => choose({ channel: target.value })}>
          <option value="">Mọi kênh</option>
          {withChosen(answer.channels, channel).map((each) => (
            <option key={each} value={each}>
              {channelWords(each)}
            </option>
          ))}
        </select>
      </label>
      <label className="field">
        Chủ đề
        <select value={topic ?? ''} onChange={({ target }) => choose({ topic: target.value })}>
          <option value="">Mọi chủ đề</option>
          {withChosen(answer.topics, topic).map((each) => (
            <option key={each} value={each}>
              {topicWords(each)}
            </option>
          ))}
        </select>
      </label>
    </div>
  );
}

/** What was chosen stays on offer where other days have none of it. */
function withChosen(names: readonly string[], chosen: string | undefined): readonly string[] {
  return chosen === undefined || names.includes(chosen) ? names : [...names, chosen];
}
