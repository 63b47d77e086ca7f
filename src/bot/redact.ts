import type { CustomerContent } from './message.ts';

/** The same message without the one-time code in it: what is stored of a typed code. */
export function redactCodes(content: CustomerContent): CustomerContent {
  return content.text === undefined ? content : { ...content, text: '••••••' };
}
