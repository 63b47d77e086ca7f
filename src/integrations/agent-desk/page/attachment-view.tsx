import { useState } from 'react';
import { Button } from 'react-aria-components';
import { type Attachment, isFile } from '../../../bot/message.ts';
import type { DeskFile } from '../desk-api/conversation.ts';
import { ATTACHMENT_WORDS, missingWords } from '../desk-words.ts';
import { callDesk } from './call-desk.ts';
import { clockTime } from './format.ts';
import { useToasts } from './toasts.tsx';

interface AttachmentProps {
  readonly attachment: Attachment;
  /** Absent until the file has been brought, or found missing. */
  readonly file: DeskFile | undefined;
}

/** What a customer has attached: pictures are shown, other files can be downloaded, a place leads to a map. */
export function AttachmentView({ attachment, file }: AttachmentProps) {
  const { kind, name, latitude, longitude } = attachment;
  const what = ATTACHMENT_WORDS[kind];
  if (latitude !== undefined && longitude !== undefined) {
    const place = `${latitude}, ${longitude}`;
    return (
      <p className="attachment">
        {what}
        {name === undefined ? '' : ` ${name}`}:{' '}
        <a
          href={`https://www.openstreetmap.org/?mlat=${latitude}&mlon=${longitude}#map=17/${latitude}/${longitude}`}
          target="_blank"
          rel="noreferrer"
        >
          {place}
        </a>
      </p>
    );
  }
  if (!isFile(attachment)) {
    return <p className="attachment">{[what, name].filter(Boolean).join(' ')}</p>;
  }
  switch (file?.state) {
    case undefined:
      return <p className="attachment quiet">{what}: đang tải về…</p>;
    case 'missing':
      return (
        <p className="attachment quiet">
          {what}: không tải được ({missingWords(file.reason)})
        </p>
      );
    case 'removed':
      return (
        <p className="attachment quiet">
          {what}: {file.removedBy} đã xóa lúc {clockTime(file.removedAt)}
        </p>
      );
    case 'kept':
      return <KeptFile what={name ?? what} file={file} />;
  }
}

function KeptFile({ what, file }: { readonly what: string; readonly file: Extract<DeskFile, { state: 'kept' }> }) {
  const href = `/desk/api/media?${file.query}`;
  return (
    <div className="attachment">
      {/^image\/(?:jpeg|png)$/.test(file.mime) ? (
        <a href={href} target="_blank" rel="noreferrer">
          <img src={href} alt={what === ATTACHMENT_WORDS.image ? 'Ảnh khách gửi' : what} />
        </a>
      ) : (
        <a href={href} download>
          Tải {what} (.{file.extension}, {sizeWords(file.size)})
        </a>
      )}
      <RemoveFile query={file.query} />
    </div>
  );
}

/** Asks once more before the bytes go for good. */
function RemoveFile({ query }: { readonly query: string }) {
  const toasts = useToasts();
  const [isAsking, setIsAsking] = useState(false);
  if (!isAsking) {
    return (
      <Button className="link-button" onPress={() => setIsAsking(true)}>
        Xóa tệp
      </Button>
    );
  }
  return (
    <span className="remove-file">
      Xóa hẳn, không lấy lại được?
      <Button className="link-button" onPress={() => callDesk.removeFile(query).catch(toasts.error)}>
        Xóa hẳn
      </Button>
      <Button className="link-button" onPress={() => setIsAsking(false)}>
        Giữ lại
      </Button>
    </span>
  );
}

const KILOBYTE = 1_024;

function sizeWords(bytes: number): string {
  const kilobytes = bytes / KILOBYTE;
  return kilobytes < KILOBYTE ? `${Math.ceil(kilobytes)} KB` : `${(kilobytes / KILOBYTE).toFixed(1)} MB`;
}
