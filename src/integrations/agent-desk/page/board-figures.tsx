import type { ShiftAnswer } from '../desk-api/shift.ts';
import { ageWords, ratingWords } from './format.ts';

/** The figures that one looks at first. */
export function BoardFigures({ answer, now }: { readonly answer: ShiftAnswer; readonly now: number }) {
  const { waiting, longestWaitSince, agents, emergencies, ratings } = answer;
  const open = agents.reduce((sum, agent) => sum + agent.open, 0);
  const closed = agents.reduce((sum, agent) => sum + agent.closed, 0);
  const figures = [
    { label: 'Khách đang chờ', value: String(waiting) },
    { label: 'Chờ lâu nhất', value: longestWaitSince === undefined ? '–' : ageWords(longestWaitSince, now) },
    { label: 'Khẩn cấp chưa trả lời', value: String(emergencies.length), isUrgent: emergencies.length > 0 },
    { label: 'Nhân viên đang mở', value: `${agents.filter(({ isOnline }) => isOnline).length}/${agents.length}` },
    { label: 'Cuộc đang giữ', value: String(open) },
    { label: 'Cuộc đã kết thúc', value: String(closed) },
    { label: 'Khách đánh giá', value: ratingWords(ratings) },
  ];
  return (
    <dl className="figures">
      {figures.map(({ label, value, isUrgent }) => (
        <div key={label} className={isUrgent ? 'figure figure-urgent' : 'figure'}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
