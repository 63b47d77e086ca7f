import type { DemoSms } from '../../src/integrations/demo/demo-phone.ts';

/** Every SMS that the demo has sent, oldest first. */
export async function readDemoSms(base: () => string): Promise<readonly DemoSms[]> {
  const all: DemoSms[] = [];
  for (;;) {
    const response = await fetch(`${base()}/demo/sms?after=${all.at(-1)?.number ?? 0}`);
    const { messages } = (await response.json()) as { messages: DemoSms[] };
    if (messages.length === 0) {
      return all;
    }
    all.push(...messages);
  }
}
