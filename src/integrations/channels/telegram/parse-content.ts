import type { Attachment, CustomerContent } from '../../../bot/message.ts';
import type { TelegramFile, TelegramMessage } from './update-schema.ts';

/** Commands that every Telegram bot has, and the dialog each opens. */
const COMMANDS: Readonly<Record<string, string>> = { start: 'start:greeting', help: 'start:help' };
const COMMAND = /^\/([a-z]+)(?:@\w+)?(?:\s|$)/i;

/** Kinds of messages that the bot cannot read and a human may want to know of. */
const UNREADABLE: Readonly<Record<string, string>> = {
  poll: 'Bình chọn',
  dice: 'Xúc xắc',
  game: 'Trò chơi',
  story: 'Tin (story)',
  paid_media: 'Nội dung trả phí',
  checklist: 'Danh sách việc',
};

/** What the customer said, or sent; a service message is an empty object. */
export function contentOf(message: TelegramMessage): CustomerContent {
  const text = clean(message.text ?? message.caption);
  const command = COMMAND.exec(message.text ?? '')?.[1]?.toLowerCase() ?? '';
  const choice = COMMANDS[command];
  if (text !== undefined && choice !== undefined) {
    return { text, choice };
  }
  const ownPhone = ownPhoneOf(message);
  if (ownPhone !== undefined) {
    // As if he had written it: that it is his Telegram number proves nothing about a contract.
    return { text: ownPhone };
  }
  const attachments = attachmentsOf(message);
  return { ...(text !== undefined && { text }), ...(attachments.length > 0 && { attachments }) };
}

function ownPhoneOf({ contact, from }: TelegramMessage): string | undefined {
  return contact !== undefined && contact.user_id !== undefined && contact.user_id === from?.id
    ? localPhone(contact.phone_number)
    : undefined;
}

function attachmentsOf(message: TelegramMessage): readonly Attachment[] {
  const largest = message.photo?.toSorted((a, b) => b.width * b.height - a.width * a.height)[0];
  const { location, venue, contact } = message;
  const unreadable = Object.keys(UNREADABLE).find((name) => message[name] !== undefined);
  return [
    largest && { kind: 'image' as const, ref: largest.file_id },
    // An animation comes as a document too.
    message.animation === undefined
      ? fileOf(message.document, isPicture(message.document) ? 'image' : 'file')
      : undefined,
    fileOf(message.animation ?? message.video ?? message.video_note, 'video'),
    fileOf(message.voice ?? message.audio, 'audio'),
    fileOf(message.sticker, 'sticker'),
    location && { kind: 'location' as const, ...placeOf(location), ...nameOf(venue?.title, venue?.address) },
    contact && {
      kind: 'contact' as const,
      ...nameOf(contact.first_name, contact.last_name, localPhone(contact.phone_number)),
    },
    unreadable === undefined ? undefined : { kind: 'file' as const, name: UNREADABLE[unreadable] ?? unreadable },
  ].filter((each) => each !== undefined);
}

function fileOf(file: TelegramFile | undefined, kind: Attachment['kind']): Attachment | undefined {
  return file && { kind, ref: file.file_id, ...nameOf(file.file_name ?? file.emoji) };
}

function isPicture(file: TelegramFile | undefined): boolean {
  return file?.mime_type?.startsWith('image/') === true;
}

function placeOf({ latitude, longitude }: { latitude: number; longitude: number }): Partial<Attachment> {
  return Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180 ? { latitude, longitude } : {};
}

function nameOf(...parts: readonly (string | undefined)[]): { readonly name?: string } {
  const name = parts
    .map(clean)
    .filter((part) => part !== undefined)
    .join(' · ');
  return name === '' ? {} : { name };
}

function localPhone(phone: string): string {
  return phone.replace(/[\s().-]/g, '').replace(/^\+?84/, '0');
}

function clean(text: string | undefined): string | undefined {
  const normal = text?.normalize('NFC') ?? '';
  return normal.trim() === '' ? undefined : normal;
}
