/** @jsxImportSource preact */
import { useState } from 'preact/hooks';
import type { ChatSummary } from './call-simulator.ts';
import { clockTime, previewOf } from './words.ts';

interface Props {
  readonly chats: readonly ChatSummary[];
  readonly chosen: string | undefined;
  readonly onChoose: (userId: string) => void;
  readonly onCreate: (name: string, phone: string) => Promise<void>;
}

/** The simulated people and a form for one more. */
export function PeopleList({ chats, chosen, onChoose, onCreate }: Props) {
  const shown = chats.filter(({ user }) => !user.isAnonymous);
  return (
    <nav class="people" aria-label="Người dùng mô phỏng">
      <header class="people-head">
        <h1>Zalo</h1>
        <span class="badge">mô phỏng</span>
      </header>
      <NewPerson onCreate={onCreate} />
      <ul>
        {shown.map(({ user, last, unread }) => (
          <li key={user.id}>
            <button
              type="button"
              class="person"
              aria-current={user.id === chosen ? 'true' : undefined}
              onClick={() => onChoose(user.id)}
            >
              <img src={`/media/avatar-${user.id}`} alt="" width="44" height="44" />
              <span class="person-lines">
                <span class="person-name">{user.name}</span>
                <span class="person-last">{last === null ? 'Chưa có tin nhắn' : previewOf(last)}</span>
              </span>
              <span class="person-side">
                {last !== null && <time>{clockTime(last.at)}</time>}
                {unread > 0 && <span class="unread">{unread}</span>}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function NewPerson({ onCreate }: Pick<Props, 'onCreate'>) {
  const [name, setName] = useState('');
  const [phone, setPhone] = useState('');
  const [problem, setProblem] = useState('');
  async function submit(event: Event): Promise<void> {
    event.preventDefault();
    try {
      await onCreate(name.trim(), phone.trim().replace(/\D/g, '').replace(/^0/, '84'));
      setName('');
      setPhone('');
      setProblem('');
    } catch {
      setProblem('Số điện thoại chưa đúng, ví dụ 0912 345 678.');
    }
  }
  return (
    <form class="new-person" onSubmit={submit}>
      <input
        aria-label="Tên người dùng mới"
        placeholder="Tên, ví dụ Nguyễn Văn An"
        value={name}
        maxLength={80}
        onInput={({ currentTarget }) => setName(currentTarget.value)}
        required
      />
      <input
        aria-label="Số điện thoại (không bắt buộc)"
        placeholder="Số điện thoại (không bắt buộc)"
        inputMode="tel"
        value={phone}
        onInput={({ currentTarget }) => setPhone(currentTarget.value)}
      />
      <button type="submit" class="primary">
        Thêm người
      </button>
      {problem !== '' && (
        <p class="problem" role="alert">
          {problem}
        </p>
      )}
    </form>
  );
}
