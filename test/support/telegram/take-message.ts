import type { InlineKeyboardMarkup } from '@grammyjs/types';
import { parseHtml } from './parse-html.ts';

/** A message as it stands on the customer's screen. */
export interface ShownMessage {
  readonly chat: number;
  readonly id: number;
  /** When it came, UTC ms. */
  readonly at: number;
  readonly text: string;
  /** Address or bytes of a picture. */
  readonly photo?: string | Buffer;
  readonly document?: Buffer;
  readonly keyboard?: InlineKeyboardMarkup;
}

export type Taken = Omit<ShownMessage, 'id' | 'at'> | { readonly error: string };

const LONGEST_TEXT = 4_096;
const LONGEST_CAPTION = 1_024;
const LONGEST_DATA = 64;

/** Checks `sendMessage`, `sendPhoto` and `sendDocument` as Telegram does; limits count UTF-16 units after the entities are read. */
export function takeMessage(fields: Readonly<Record<string, unknown>>, kind: 'text' | 'photo' | 'document'): Taken {
  const chat = Number(fields['chat_id']);
  const isText = kind === 'text';
  const written = String((isText ? fields['text'] : fields['caption']) ?? '');
  const parsed = fields['parse_mode'] === 'HTML' ? parseHtml(written) : { text: written };
  if ('error' in parsed) {
    return parsed;
  }
  if (isText && parsed.text.trim() === '') {
    return { error: 'message text is empty' };
  }
  if (parsed.text.length > (isText ? LONGEST_TEXT : LONGEST_CAPTION)) {
    return { error: isText ? 'message is too long' : 'message caption is too long' };
  }
  const sent = fields[kind];
  if (!isText && typeof sent !== 'string' && !Buffer.isBuffer(sent)) {
    return { error: `there is no ${kind} in the request` };
  }
  const keyboard = readKeyboard(fields['reply_markup']);
  const wrong = keyboard && wrongButton(keyboard);
  return wrong === undefined
    ? { chat, text: parsed.text, ...(!isText && { [kind]: sent }), ...(keyboard && { keyboard }) }
    : { error: wrong };
}

function readKeyboard(given: unknown): InlineKeyboardMarkup | undefined {
  // In a multipart body it is JSON in a string.
  return (typeof given === 'string' ? JSON.parse(given) : given) as InlineKeyboardMarkup | undefined;
}

function wrongButton({ inline_keyboard }: InlineKeyboardMarkup): string | undefined {
  for (const button of inline_keyboard.flat()) {
    if (button.text.trim() === '') {
      return 'BUTTON_TEXT_INVALID';
    }
    const bytes = 'callback_data' in button ? Buffer.byteLength(button.callback_data ?? '') : 1;
    if (bytes < 1 || bytes > LONGEST_DATA) {
      return 'BUTTON_DATA_INVALID';
    }
    if ('url' in button && !URL.canParse(button.url ?? '')) {
      return 'BUTTON_URL_INVALID';
    }
  }
  return undefined;
}
