import { createHash } from 'node:crypto';
import { afterEach } from '@jest/globals';
import { openZaloStage, type ZaloStage, type ZaloStageOptions } from '../../scripts/soak/zalo-stage.ts';

/** A process is started and a browserless phone answered: long enough on a busy machine. */
export const SCENARIO_TIMEOUT_MS = 90_000;

const open: ZaloStage[] = [];
afterEach(async () => {
  for (const stage of open.splice(0)) {
    await stage.close();
  }
});

/** The product and the simulated Zalo for one test. */
export async function startScenario(options: ZaloStageOptions = {}): Promise<ZaloStage> {
  const stage = await openZaloStage(options);
  open.push(stage);
  return stage;
}

/** Waits until something holds; the test's own time limit ends it. */
export async function eventually(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** What the OA has written to a customer, as the phone shows it. */
export function shown({ control }: ZaloStage, userId: string): readonly string[] {
  return control
    .transcript(userId)
    .filter(({ author }) => author === 'api')
    .map(({ text = '' }) => text);
}

/** The product's conversation, a word on each message: who, and what the customer said. */
export async function kept(stage: ZaloStage, userId: string): Promise<readonly string[]> {
  const messages = await stage.messages(userId);
  return messages.map(({ author, content }) => (content?.text === undefined ? author : `${author}: ${content.text}`));
}

/** Writes and waits for the answer. */
export async function ask(stage: ZaloStage, userId: string, text: string): Promise<void> {
  const before = shown(stage, userId).length;
  stage.control.say(userId, text);
  await eventually(() => shown(stage, userId).length > before);
}

/** Posts bytes to the product's webhook as they are. */
export async function post({ webhookUrl }: ZaloStage, body: string, signature?: string): Promise<number> {
  const headers = {
    'content-type': 'application/json',
    ...(signature !== undefined && { 'x-zevent-signature': signature }),
  };
  return (await fetch(webhookUrl, { method: 'POST', headers, body })).status;
}

/** The signature of an event by the formula of Zalo's documentation. */
export function signatureOf({ control }: ZaloStage, body: string, secret?: string): string {
  const { app } = control.world().settings;
  const { timestamp } = JSON.parse(body) as { timestamp: string };
  const mac = createHash('sha256').update(`${app.id}${body}${timestamp}${secret ?? app.oaSecretKey}`);
  return `mac=${mac.digest('hex')}`;
}
