import { useEffect, useState } from 'react';
import { Switch } from 'react-aria-components';
import { callDesk } from './call-desk.ts';

/** Whether the agent takes conversations: it decides what is handed out, and what customers are told. */
export function PresenceSwitch({ onError }: { readonly onError: (error: unknown) => void }) {
  const [isAvailable, setIsAvailable] = useState<boolean>();
  useEffect(() => {
    callDesk.presence().then(({ status }) => setIsAvailable(status === 'available'), onError);
  }, [onError]);

  async function change(next: boolean): Promise<void> {
    try {
      const { status } = await callDesk.setPresence(next ? 'available' : 'away');
      setIsAvailable(status === 'available');
    } catch (error) {
      onError(error);
    }
  }

  return (
    <Switch
      className="switch"
      isSelected={isAvailable ?? false}
      isDisabled={isAvailable === undefined}
      onChange={change}
      aria-label="Sẵn sàng nhận khách"
    >
      <span className="switch-track" />
      <span className="wide-only">{isAvailable === false ? 'Tạm nghỉ' : 'Sẵn sàng'}</span>
    </Switch>
  );
}
