import type { ChatTurn } from './create-chat.ts';

/** A turn as a person reads it: what the bot says, the buttons, the SMS on the customer's phone. */
export function printTurn(turn: ChatTurn): string {
  const replies = turn.replies.map((reply) => indent(reply.plainText));
  const sms = turn.sms.map(({ to, text }) => `  [SMS đến ${to}] ${text}`);
  const holder = turn.holder === 'bot' ? [] : [`  (cuộc trò chuyện đang ở: ${turn.holder})`];
  return [...replies, ...sms, ...holder].join('\n');
}

function indent(text: string): string {
  return text
    .split('\n')
    .map((line, index) => `${index === 0 ? '› ' : '  '}${line}`)
    .join('\n');
}
