import { type ClipboardEvent, useState } from 'react';
import { Button, FileTrigger } from 'react-aria-components';
import type { SentFile } from '../../../bot/agent-act.ts';
import { NO_FILE_WORDS } from '../desk-words.ts';
import { callDesk } from './call-desk.ts';
import { safeHref } from './format.ts';
import { Icon } from './icons.tsx';
import { useShortcut } from './use-shortcut.ts';

/** Brings a chosen or pasted file to the server at once, so that sending it takes no longer than sending words. */
export function useAttaching(id: string, onAttached: (file: SentFile) => void, onError: (error: unknown) => void) {
  const [isUploading, setIsUploading] = useState(false);

  async function attach(file: File | undefined): Promise<void> {
    if (file === undefined || isUploading) {
      return;
    }
    setIsUploading(true);
    await callDesk
      .upload(id, file)
      .then((answer) => onAttached(answer.file), onError)
      .finally(() => setIsUploading(false));
  }

  function attachPasted(event: ClipboardEvent): void {
    const [file] = event.clipboardData.files;
    if (file !== undefined) {
      event.preventDefault();
      void attach(file);
    }
  }

  return { isUploading, attach, attachPasted };
}

interface ButtonProps {
  readonly takesFiles: boolean;
  readonly isUploading: boolean;
  readonly onPick: (file: File | undefined) => void;
}

export function AttachButton({ takesFiles, isUploading, onPick }: ButtonProps) {
  useShortcut('KeyP', () => document.querySelector<HTMLElement>('.attach-button')?.click());
  if (!takesFiles) {
    return <p className="composer-hint">{NO_FILE_WORDS}</p>;
  }
  return (
    <FileTrigger onSelect={(files) => onPick(files?.[0])}>
      <Button className="button secondary small attach-button" isDisabled={isUploading}>
        <Icon name="clip" size={15} /> {isUploading ? 'Đang tải lên…' : 'Ảnh, tệp'}
      </Button>
    </FileTrigger>
  );
}

/** What goes out with the words. */
export function AttachedFile({ file, onRemove }: { readonly file: SentFile; readonly onRemove: () => void }) {
  return (
    <div className="attached" role="status">
      {file.kind === 'image' ? (
        <img src={safeHref(file.url)} alt={`Sẽ gửi ảnh ${file.name}`} />
      ) : (
        <span>Sẽ gửi tệp {file.name}</span>
      )}
      <Button className="icon-button" aria-label={`Bỏ tệp ${file.name}`} onPress={onRemove}>
        <Icon name="close" size={15} />
      </Button>
    </div>
  );
}
