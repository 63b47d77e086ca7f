/** @jsxImportSource preact */
import { useRef, useState } from 'preact/hooks';
import type { Place } from './direct-line-api.ts';
import { WORDS } from './words.ts';

interface ExtrasProps {
  readonly onFiles: (files: readonly File[]) => void;
  readonly onPlace: (place: Place) => void;
}

const ACCEPTED = 'image/*,audio/*,video/*,.pdf,.docx,.xlsx,.txt';
const FIND_WITHIN_MS = 20_000;
const DENIED = 1;

/** What can be sent beside words: files, and the place where the visitor is, after he has said yes to it. */
export function Extras({ onFiles, onPlace }: ExtrasProps) {
  const picker = useRef<HTMLInputElement>(null);
  const [sharing, setSharing] = useState<'asking' | 'finding' | 'denied' | 'unknown'>();
  const canShare = globalThis.isSecureContext && 'geolocation' in navigator;

  function find(): void {
    setSharing('finding');
    navigator.geolocation.getCurrentPosition(
      ({ coords: { latitude, longitude } }) => {
        setSharing(undefined);
        onPlace({ latitude, longitude });
      },
      ({ code }) => setSharing(code === DENIED ? 'denied' : 'unknown'),
      { enableHighAccuracy: true, timeout: FIND_WITHIN_MS, maximumAge: 60_000 },
    );
  }

  return (
    <>
      <div class="place" role="status">
        {sharing === 'asking' && (
          <>
            <p>{WORDS.askPlace}</p>
            <button type="button" class="button" onClick={find}>
              {WORDS.givePlace}
            </button>
            <button type="button" class="button" onClick={() => setSharing(undefined)}>
              {WORDS.keepPlace}
            </button>
          </>
        )}
        {sharing === 'finding' && <p>{WORDS.findingPlace}</p>}
        {sharing === 'denied' && <p>{WORDS.placeDenied}</p>}
        {sharing === 'unknown' && <p>{WORDS.placeUnknown}</p>}
      </div>
      <input
        ref={picker}
        class="hidden"
        type="file"
        accept={ACCEPTED}
        multiple
        tabIndex={-1}
        aria-hidden="true"
        onChange={({ currentTarget }) => {
          onFiles([...(currentTarget.files ?? [])]);
          // The same file may be chosen again.
          currentTarget.value = '';
        }}
      />
      <button type="button" class="extra" aria-label={WORDS.attach} onClick={() => picker.current?.click()}>
        <svg viewBox="0 0 24 24" aria-hidden="true">
          <path
            d="M4 7h3l2-3h6l2 3h3v12H4z M12 10a4 4 0 1 0 0 8 4 4 0 0 0 0-8z"
            fill="none"
            stroke="currentColor"
            stroke-width="2"
          />
        </svg>
      </button>
      {canShare && (
        <button type="button" class="extra" aria-label={WORDS.sharePlace} onClick={() => setSharing('asking')}>
          <svg viewBox="0 0 24 24" aria-hidden="true">
            <path
              d="M12 21s7-6.5 7-12a7 7 0 0 0-14 0c0 5.500 7 12 7 12z M12 6.500a2.500 2.500 0 1 0 0 5 2.500 2.500 0 0 0 0-5z"
              fill="none"
              stroke="currentColor"
              stroke-width="2"
            />
          </svg>
        </button>
      )}
    </>
  );
}
