import type { ChatReply, ChatTurn } from './create-chat.ts';

/** A turn as a person reads it: what the channel shows, the SMS on the customer's phone, who holds the conversation. */
export function printTurn(turn: ChatTurn): string {
  const replies = turn.replies.flatMap(shown).map(indent);
  const sms = turn.sms.map(({ to, text }) => `  [SMS đến ${to}] ${text}`);
  const holder = turn.holder === 'bot' ? [] : [`  (cuộc trò chuyện đang ở: ${turn.holder})`];
  return [...replies, ...sms, ...holder].join('\n');
}

/** One text for each call of the channel, its buttons in brackets; the web shows the reply as one. */
function shown({ plainText, rendered }: ChatReply): readonly string[] {
  const calls = rendered.flatMap((call) => {
    const { text, caption, buttons, reply_markup } = call as Partial<WireCall>;
    const labels = [
      ...(buttons ?? []).map(({ title }) => title),
      ...(reply_markup?.inline_keyboard.flat() ?? []).map((button) => button.text),
    ];
    const isWeb = 'channelData' in call;
    return isWeb ? [] : [[text ?? caption ?? '', ...labels.map((label) => `[${label}]`)].join('\n')];
  });
  return calls.length > 0 ? calls : [plainText];
}

/** What calls to Zalo and Telegram have in common with what a person sees. */
interface WireCall {
  readonly text: string;
  readonly caption: string;
  readonly buttons: readonly { readonly title: string }[];
  readonly reply_markup: { readonly inline_keyboard: readonly (readonly { readonly text: string }[])[] };
}

function indent(text: string): string {
  return text
    .split('\n')
    .map((line, index) => `${index === 0 ? '› ' : '  '}${line}`)
    .join('\n');
}
