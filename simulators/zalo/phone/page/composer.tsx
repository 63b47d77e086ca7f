/** @jsxImportSource preact */
import { useEffect, useRef, useState } from 'preact/hooks';
import { type ActAs, look } from './call-simulator.ts';
import { drawMeter } from './draw-meter.ts';
import { Icon, type IconName } from './icon.tsx';

type Tray = 'none' | 'stickers' | 'more' | 'places';

const PLACES = [
  { name: 'Chợ Bến Thành, Quận 1', latitude: '10.7725', longitude: '106.698' },
  { name: 'Hồ Hoàn Kiếm, Hà Nội', latitude: '21.0287', longitude: '105.8524' },
  { name: 'Cầu Rồng, Đà Nẵng', latitude: '16.0612', longitude: '108.2274' },
  { name: 'Bến Ninh Kiều, Cần Thơ', latitude: '10.0341', longitude: '105.7876' },
];
const STARTERS = ['Tháng này nhà tôi hết bao nhiêu tiền điện?', 'nha minh mat dien roi', 'Cho tôi gặp nhân viên'];

/** Where the user writes; beside it stickers, pictures, places and files. */
export function Composer({ doAs, isNew }: { doAs: ActAs; isNew: boolean }) {
  const [text, setText] = useState('');
  const [tray, setTray] = useState<Tray>('none');
  const send = async (words: string) => {
    if (words.trim() !== '') {
      setText('');
      await doAs('say', { text: words.trim() });
    }
  };
  const choose = async (name: string, body: unknown) => {
    setTray('none');
    await doAs(name, body);
  };
  const toggle = (wanted: Tray) => setTray(tray === wanted ? 'none' : wanted);
  return (
    <footer class="composer">
      {isNew && (
        <div class="starters">
          {STARTERS.map((words) => (
            <button type="button" key={words} onClick={() => send(words)}>
              {words}
            </button>
          ))}
        </div>
      )}
      <form
        class="write"
        onSubmit={(event) => {
          event.preventDefault();
          void send(text);
        }}
      >
        <button type="button" class="icon-button" aria-label="Nhãn dán" onClick={() => toggle('stickers')}>
          <Icon name="smile" />
        </button>
        <Field text={text} onText={setText} onSend={() => void send(text)} />
        {text.trim() === '' ? (
          <button type="button" class="icon-button" aria-label="Đính kèm" onClick={() => toggle('more')}>
            <Icon name="add" />
          </button>
        ) : (
          <button type="submit" class="icon-button send" aria-label="Gửi">
            <Icon name="send" />
          </button>
        )}
      </form>
      {tray === 'stickers' && <Stickers onChoose={(stickerId) => choose('sticker', { stickerId })} />}
      {tray === 'more' && <More onChoose={choose} onPlaces={() => setTray('places')} />}
      {tray === 'places' && (
        <div class="tray places">
          {PLACES.map(({ name, latitude, longitude }) => (
            <button type="button" key={name} onClick={() => choose('location', { latitude, longitude })}>
              <Icon name="place" size={20} />
              {name}
            </button>
          ))}
        </div>
      )}
    </footer>
  );
}

function Field({ text, onText, onSend }: { text: string; onText: (text: string) => void; onSend: () => void }) {
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    if (field.current !== null) {
      field.current.style.height = 'auto';
      field.current.style.height = text === '' ? 'auto' : `${Math.min(field.current.scrollHeight, 120)}px`;
    }
  }, [text]);
  return (
    <textarea
      ref={field}
      rows={1}
      aria-label="Tin nhắn"
      placeholder="Tin nhắn"
      value={text}
      onInput={({ currentTarget }) => onText(currentTarget.value)}
      onKeyDown={(event) => {
        // Enter also ends a word of a Vietnamese input method; then it is not meant to send.
        if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
          event.preventDefault();
          onSend();
        }
      }}
    />
  );
}

function Stickers({ onChoose }: { onChoose: (id: string) => void }) {
  const [stickers, setStickers] = useState<readonly { id: string; label: string }[]>([]);
  useEffect(() => {
    void look<{ id: string; label: string }[]>('stickers').then(setStickers);
  }, []);
  return (
    <div class="tray stickers">
      {stickers.map(({ id, label }) => (
        <button type="button" key={id} aria-label={label} onClick={() => onChoose(id)}>
          <img src={`/media/sticker-${id}`} alt="" width="72" height="72" />
        </button>
      ))}
    </div>
  );
}

function More({ onChoose, onPlaces }: { onChoose: (name: string, body: unknown) => void; onPlaces: () => void }) {
  const picker = useRef<HTMLInputElement>(null);
  const card = { name: 'Trần Văn Bình', phone: '84987654321' };
  return (
    <div class="tray more">
      <Choice icon="picture" label="Ảnh của bạn" onClick={() => picker.current?.click()} />
      <Choice icon="meter" label="Ảnh công tơ" onClick={async () => onChoose('image', await drawMeter())} />
      <Choice icon="place" label="Vị trí" onClick={onPlaces} />
      <Choice icon="voice" label="Tin thoại" onClick={() => onChoose('audio', {})} />
      <Choice icon="file" label="Tệp PDF" onClick={() => onChoose('file', {})} />
      <Choice icon="person" label="Danh thiếp" onClick={() => onChoose('card', card)} />
      <Choice icon="gif" label="Ảnh động" onClick={() => onChoose('gif', {})} />
      <Choice icon="video" label="Video" onClick={() => onChoose('video', {})} />
      <input
        ref={picker}
        type="file"
        accept="image/jpeg,image/png"
        hidden
        onChange={async ({ currentTarget }) => {
          const file = currentTarget.files?.[0];
          if (file !== undefined) {
            onChoose('image', { base64: await base64Of(file), mime: file.type });
          }
        }}
      />
    </div>
  );
}

function Choice({ icon, label, onClick }: { icon: IconName; label: string; onClick: () => void }) {
  return (
    <button type="button" class="choice" onClick={onClick}>
      <span>
        <Icon name={icon} />
      </span>
      {label}
    </button>
  );
}

async function base64Of(file: Blob): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  let binary = '';
  for (const byte of bytes) {
    binary += String.fromCharCode(byte);
  }
  return btoa(binary);
}
