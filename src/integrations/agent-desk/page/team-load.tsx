import type { ShiftAnswer } from '../desk-api/shift.ts';
import { PRESENCE_WORDS, ROLE_WORDS } from '../desk-words.ts';
import { ratingWords } from './format.ts';
import { WideTable } from './wide-table.tsx';

/** Who is there, who holds how much, and how it went. */
export function TeamLoad({ answer }: { readonly answer: ShiftAnswer }) {
  const most = Math.max(1, ...answer.agents.map(({ open }) => open));
  return (
    <section className="board-part">
      <h3 className="board-title">Nhân viên</h3>
      <WideTable label="Nhân viên">
        <thead>
          <tr>
            <th scope="col">Nhân viên</th>
            <th scope="col">Tình trạng</th>
            <th scope="col">Đang giữ</th>
            <th scope="col">Đã kết thúc</th>
            <th scope="col">Khách đánh giá</th>
          </tr>
        </thead>
        <tbody>
          {answer.agents.map(({ id, name, role, isOnline, status, open, closed, ratings }) => (
            <tr key={id}>
              <th scope="row">
                {name} <span className="quiet">{ROLE_WORDS[role]}</span>
              </th>
              <td>
                <span className={`chip ${isOnline && status === 'available' ? 'chip-good' : ''}`}>
                  {isOnline ? PRESENCE_WORDS[status] : 'Không mở'}
                </span>
              </td>
              <td>
                <span className="load">
                  {open} <meter min={0} max={most} value={open} aria-label={`${name} đang giữ ${open} cuộc`} />
                </span>
              </td>
              <td>{closed}</td>
              <td>{ratingWords(ratings)}</td>
            </tr>
          ))}
        </tbody>
      </WideTable>
    </section>
  );
}
