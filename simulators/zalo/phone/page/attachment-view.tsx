/** @jsxImportSource preact */
import type { ChatMessage } from '../../world.ts';
import { Icon, type IconName } from './icon.tsx';

/** Everything of a message that is not words or buttons. */
export function AttachmentView({ message, onShareInfo }: { message: ChatMessage; onShareInfo: () => void }) {
  const payload = message.attachments[0]?.payload ?? {};
  const text = (name: string) => String(payload[name] ?? '');
  switch (message.kind) {
    case 'image':
    case 'gif':
      return <Picture url={text('url')} />;
    case 'sticker':
      return <img class="sticker" src={pathOf(text('url'))} alt="Nhãn dán" width="120" height="120" />;
    case 'audio':
      return <Plate icon="voice" title="Tin nhắn thoại" detail="0:01" />;
    case 'video':
      return <Plate icon="video" title="Video" detail={text('description')} />;
    case 'file':
      return <Plate icon="file" title={text('name')} detail={sizeOf(text('size'))} href={pathOf(text('url'))} />;
    case 'link':
      return <Plate icon="link" title={text('title') || text('url')} detail={text('description')} href={text('url')} />;
    case 'business_card':
      return <Plate icon="person" title={message.text ?? ''} detail={phoneOf(text('description'))} />;
    case 'location':
      return <Place coordinates={payload['coordinates'] as { latitude: string; longitude: string }} />;
    case 'list':
    case 'request_user_info':
      return <Cards message={message} onShareInfo={onShareInfo} />;
    default:
      return null;
  }
}

/** Pictures of this simulator are shown; those of other hosts are named, because this page asks nobody else. */
function Picture({ url }: { url: string }) {
  const path = pathOf(url);
  return path.startsWith('/') ? (
    <a href={path} target="_blank" rel="noreferrer">
      <img class="picture" src={path} alt="Hình ảnh" />
    </a>
  ) : (
    <Plate icon="picture" title="Hình ảnh trên mạng" detail={url} href={url} />
  );
}

function Plate({ icon, title, detail, href }: { icon: IconName; title: string; detail: string; href?: string }) {
  const inside = (
    <>
      <span class="plate-icon">
        <Icon name={icon} />
      </span>
      <span class="plate-lines">
        <strong>{title}</strong>
        {detail !== '' && <span>{detail}</span>}
      </span>
    </>
  );
  return href === undefined ? (
    <div class="plate">{inside}</div>
  ) : (
    <a class="plate" href={href} target="_blank" rel="noreferrer">
      {inside}
    </a>
  );
}

function Place({ coordinates }: { coordinates: { latitude: string; longitude: string } }) {
  return (
    <div class="place">
      <div class="map" aria-hidden="true">
        <span class="pin">
          <Icon name="place" size={34} isFilled />
        </span>
      </div>
      <strong>Vị trí</strong>
      <span>
        {coordinates.latitude}, {coordinates.longitude}
      </span>
    </div>
  );
}

function Cards({ message, onShareInfo }: { message: ChatMessage; onShareInfo: () => void }) {
  return (
    <div class="cards">
      {message.elements.map((element) => (
        <div class="card" key={element.title}>
          <strong>{element.title}</strong>
          {element.subtitle !== undefined && <span>{element.subtitle}</span>}
          {message.kind === 'request_user_info' && (
            <button type="button" class="primary" onClick={onShareInfo}>
              Chia sẻ thông tin
            </button>
          )}
        </div>
      ))}
    </div>
  );
}

/** The simulator may have named its media by another of its own addresses than the one this page was opened at. */
function pathOf(url: string): string {
  const { hostname, pathname } = URL.parse(url, location.href) ?? { hostname: '', pathname: '' };
  return pathname.startsWith('/media/') && /^(127\.|localhost|\[::1\])/.test(hostname) ? pathname : url;
}

function sizeOf(bytes: string): string {
  const kilobytes = Math.max(1, Math.round(Number(bytes) / 1024));
  return kilobytes >= 1024 ? `${(kilobytes / 1024).toFixed(1)} MB` : `${kilobytes} KB`;
}

function phoneOf(description: string): string {
  try {
    return String((JSON.parse(description) as { phone?: unknown }).phone ?? '');
  } catch {
    return '';
  }
}
