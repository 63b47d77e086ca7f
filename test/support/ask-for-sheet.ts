import type { LocalSmsGateway } from './sms-gateway.ts';
import { eventually } from './zalo-stage.ts';

/** One customer's side of a channel. */
export interface CustomerSide {
  say(text: string): void | Promise<void>;
  /** All that he sees, his own words too. */
  seen(): readonly string[] | Promise<readonly string[]>;
  /** How the sheet shall come, in the chat if not given. `asks`: what the bot asks then. */
  readonly by?: { readonly words: string; readonly asks: string; readonly answer: string };
}

/** A customer nobody knows yet asks for the copy of his invoice, proves who he is by SMS, and takes the sheet of the bill. */
export async function askForSheet(
  gateway: LocalSmsGateway,
  { code, phone }: { readonly code: string; readonly phone: string },
  { say, seen, by }: CustomerSide,
): Promise<void> {
  const sees = (words: string) => eventually(async () => (await seen()).some((text) => text.includes(words)));
  const codeSent = () =>
    gateway.taken
      .filter(({ to }) => to === phone)
      .map(({ text }) => /\d{6}/.exec(String(text))?.[0])
      .at(-1);
  await say(`xin bản hóa đơn tháng 10, mã ${code}`);
  await sees('bảng kê (tệp PDF)');
  await say(by?.words ?? 'có');
  await sees('mã xác minh 6 số');
  await eventually(() => codeSent() !== undefined);
  await say(codeSent() ?? '');
  await sees(by?.asks ?? 'gửi bảng kê tiền điện để lưu');
  await say(by?.answer ?? 'gửi tại đây');
}
