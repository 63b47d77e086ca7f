import { Button } from 'react-aria-components';
import type { IncidentsAnswer } from '../desk-api/incidents.ts';
import { callDesk } from './call-desk.ts';
import { clockTime } from './format.ts';

interface StormProps {
  readonly storm: IncidentsAnswer['storm'];
  readonly mayWrite: boolean;
  readonly onTurned: () => Promise<void>;
  readonly onError: (error: unknown) => void;
}

/** Whether storm mode is on, why, and the switch for those who keep the incidents. */
export function StormSwitch({ storm, mayWrite, onTurned, onError }: StormProps) {
  const isOn = storm?.isOn === true;
  return (
    <>
      <span className={isOn ? 'chip chip-emergency' : 'quiet'} role="status">
        {isOn
          ? `Chế độ bão từ ${clockTime(storm.at)}: ${storm.reason}${storm.byName === undefined ? '' : ` (${storm.byName})`}`
          : 'Chế độ bão: tắt'}
      </span>
      {mayWrite && (
        <Button
          className="button secondary"
          onPress={() => {
            callDesk.turnStorm(!isOn).then(onTurned, onError);
          }}
        >
          {isOn ? 'Tắt chế độ bão' : 'Bật chế độ bão'}
        </Button>
      )}
    </>
  );
}
