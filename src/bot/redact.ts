import type { CustomerContent } from './message.ts';

const HIDDEN = '••••••';
/** Six digits that stand alone, written together or apart. */
const CODE = /(?<![\p{L}\d])(?<!\d[\s.-])\d(?:[\s.-]?\d){5}(?![\s.-]?\d)/gu;

/** The same message without what may be a one-time code. */
export function hideCodes(content: CustomerContent): CustomerContent {
  return content.text === undefined ? content : { ...content, text: content.text.replace(CODE, HIDDEN) };
}

/** The same for a message that is known to hold a code: when it is not found by its form, nothing of the text is kept. */
export function hideKnownCode(content: CustomerContent): CustomerContent {
  const hidden = hideCodes(content);
  return hidden.text === undefined || hidden.text !== content.text ? hidden : { ...content, text: HIDDEN };
}

/** Whether something of this message was hidden: it cannot be understood again. */
export function hasHiddenCode({ text }: CustomerContent): boolean {
  return text?.includes(HIDDEN) === true;
}
