/** @jsxImportSource preact */
import { useState } from 'preact/hooks';
import { act } from './call-simulator.ts';
import { ChatScreen } from './chat-screen.tsx';
import { Icon } from './icon.tsx';
import { PeopleList } from './people-list.tsx';
import { StagePanel } from './stage-panel.tsx';
import { useChats, useOa } from './use-simulator.ts';

/** People at the left, the chosen person's phone in the middle, Zalo's side at the right. */
export function App() {
  const chats = useChats();
  const oa = useOa();
  const [chosen, setChosen] = useState<string | undefined>(() => location.hash.slice(1) || undefined);
  const choose = (userId: string | undefined) => {
    history.replaceState(null, '', userId === undefined ? location.pathname : `#${userId}`);
    setChosen(userId);
  };
  const current = chats?.find(({ user }) => user.id === chosen)?.user;

  async function create(name: string, phone: string): Promise<void> {
    const user = await act<{ id: string }>('users', { name, ...(phone !== '' && { phone }), readsOnScreen: true });
    choose(user.id);
  }

  return (
    <div class={current === undefined ? 'desk no-chat' : 'desk'}>
      <PeopleList chats={chats ?? []} chosen={current?.id} onChoose={choose} onCreate={create} />
      <main class="phone" aria-label="Điện thoại">
        {current === undefined || oa === undefined ? (
          <div class="blank">
            <p class="blank-icon">
              <Icon name="talk" size={56} />
            </p>
            <p>Chọn một người, hoặc tạo người mới, để nhắn tin cho {oa?.name ?? 'Official Account'}.</p>
          </div>
        ) : (
          <ChatScreen key={current.id} user={current} oa={oa} onBack={() => choose(undefined)} />
        )}
      </main>
      {current !== undefined && oa !== undefined && <StagePanel user={current} oa={oa} />}
    </div>
  );
}
