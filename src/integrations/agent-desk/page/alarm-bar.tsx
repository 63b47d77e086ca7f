import { useEffect } from 'react';
import { Button } from 'react-aria-components';
import type { ConversationSummary } from '../../../bot/ports.ts';
import { callDesk, newActKey } from './call-desk.ts';
import { ageWords } from './format.ts';
import { Icon } from './icons.tsx';
import { displayName } from './queue-row.tsx';
import { notify, ring } from './ring.ts';
import { useShortcut } from './use-shortcut.ts';

interface AlarmProps {
  readonly alarms: readonly ConversationSummary[];
  readonly now: number;
  readonly onOpen: (id: string) => void;
  readonly onSeen: () => Promise<void>;
  readonly onError: (error: unknown) => void;
}

const RING_EVERY_MS = 8_000;

/** Danger: seen, heard, in the title of the tab and as a notification, again and again until somebody has seen it. */
export function AlarmBar({ alarms, now, onOpen, onSeen, onError }: AlarmProps) {
  const [first] = alarms;
  const id = first?.conversationId;
  const name = first === undefined ? '' : displayName(first);
  const text = first?.lastText ?? '';
  useEffect(() => {
    if (id === undefined) {
      return undefined;
    }
    const alarm = () => {
      ring();
      notify(`KHẨN CẤP: ${name}`, text);
    };
    alarm();
    const again = setInterval(alarm, RING_EVERY_MS);
    return () => clearInterval(again);
  }, [id, name, text]);

  async function see(): Promise<void> {
    if (id === undefined) {
      return;
    }
    onOpen(id);
    try {
      await callDesk.act('see_alarm', { conversationId: id, key: newActKey() });
    } catch (error) {
      onError(error);
    }
    await onSeen();
  }
  useShortcut('KeyA', see, first !== undefined);

  return (
    <div role="alert" className="alarm">
      {first !== undefined && (
        <div className="alarm-line">
          <Icon name="alarm" size={20} />
          <p>
            <strong>KHẨN CẤP</strong> {name} · {ageWords(first.extras.emergencyAt ?? now, now)}
            {alarms.length > 1 && ` (và ${alarms.length - 1} cuộc khẩn cấp khác)`}: {text}
          </p>
          <Button className="button secondary" onPress={see}>
            Đã thấy, mở xem
          </Button>
        </div>
      )}
    </div>
  );
}
