import type { TemplateUse } from '../../../dialogs/reply.ts';
import type { NoticeTemplates } from '../../notices/load-notice-templates.ts';

/** A template ready to be sent. */
export interface ReadyTemplate {
  readonly id: string;
  readonly data: Readonly<Record<string, string>>;
  /** What the customer will read. */
  readonly text: string;
}

/** The notices that Zalo has approved for this OA. */
export interface Templates {
  /** `refused`: why it cannot be sent, for the delivery ledger. */
  ready(use: TemplateUse): ReadyTemplate | { readonly refused: string };
  isRegistered(name: string): boolean;
  quietUntil: NoticeTemplates['quietUntil'];
}

/** `ids`: Zalo's number of each notice, by our name for it. */
export function createTemplates(notices: NoticeTemplates, ids: Readonly<Record<string, string>>): Templates {
  return {
    ready(use) {
      const id = ids[use.name];
      const filled = notices.fill(use);
      if ('fault' in filled) {
        return { refused: `template_${filled.fault}` };
      }
      return id === undefined ? { refused: 'template_not_registered' } : { id, data: filled.values, text: filled.text };
    },
    isRegistered: (name) => ids[name] !== undefined,
    quietUntil: notices.quietUntil,
  };
}
