import type { OutgoingMessage, SendOutcome } from '../../../bot/channel-adapter.ts';
import type { Clock } from '../../../bot/ports.ts';
import { windowState } from '../../../bot/reply-window.ts';
import type { TemplateUse } from '../../../dialogs/reply.ts';
import type { CallTemplate } from './call-template.ts';
import { purposeOf } from './purpose-of.ts';
import { windowAfter } from './reply-window.ts';
import type { CodeMeaning, SendPartNow } from './send-part.ts';
import type { ZaloStore } from './store.ts';
import { templateClassOf, templateOutcomeOf } from './template-errors.ts';
import type { Templates } from './templates.ts';

export interface TemplateSenderDeps {
  readonly templates: Templates;
  readonly callTemplate: CallTemplate;
  readonly sendPart: SendPartNow;
  readonly interactions: Pick<ZaloStore['interactions'], 'last'>;
  readonly clock: Clock;
  readonly msToNextMinute: () => number;
}

export interface TemplateSender {
  send(outgoing: OutgoingMessage, use: TemplateUse): Promise<SendOutcome>;
  /** Whether an ordinary message would be taken now, as far as we know. */
  isWindowOpen(conversationId: string): Promise<boolean>;
}

/** Sends notices in words that Zalo has approved: the only ones that it takes when the customer has long been silent. */
export function createTemplateSender(deps: TemplateSenderDeps): TemplateSender {
  const { templates, clock } = deps;
  const meaning: CodeMeaning = {
    classOf: templateClassOf,
    outcomeOf(code) {
      const now = clock.now();
      const morning = templates.quietUntil(now);
      const msToMorning = morning === undefined ? undefined : morning - now;
      return templateOutcomeOf(code, { msToNextMinute: deps.msToNextMinute(), msToMorning });
    },
  };

  return {
    async send({ message, idempotencyKey }, use) {
      const { conversationId, seq } = message;
      const template = templates.ready(use);
      if ('refused' in template) {
        return { result: 'refused', reason: template.refused };
      }
      const call = deps.callTemplate(template, { conversationId, idempotencyKey });
      if (call === undefined) {
        return { result: 'refused', reason: 'unreachable' };
      }
      const row = { conversationId, seq, part: 1, isLast: true, fingerprint: call.mark, at: clock.now() };
      return deps.sendPart(row, () => call.run(purposeOf(message)), meaning);
    },
    async isWindowOpen(conversationId) {
      const lastActAt = await deps.interactions.last(conversationId);
      return lastActAt !== undefined && windowState(windowAfter(lastActAt), clock.now()) !== 'closed';
    },
  };
}
