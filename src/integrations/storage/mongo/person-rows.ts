import { type Account, withoutSite } from '../../../bot/accounts/account.ts';
import { parseConversationId } from '../../../bot/conversation.ts';
import type { PersonRows } from '../../../bot/erasures.ts';
import { ERASED } from '../../../bot/redact-turn.ts';
import { wordsOf } from '../../agent-desk/unclear-messages.ts';
import { ACCOUNTS, type AccountDocument, toAccountDocument } from './account-records.ts';
import { AUDIT } from './audit-log.ts';
import { BOTFRAMEWORK_REFERENCES } from './botframework-references.ts';
import type { MongoDatabase } from './database.ts';
import { DEMO_SMS } from './demo-sms.ts';
import { fromDocumentValue } from './document-value.ts';
import { INCIDENT_LINKS } from './incident-links.ts';
import { LEGAL_HOLDS } from './legal-holds.ts';
import { NOTICES } from './notice-ledger.ts';
import { OUTAGE_REPORTS } from './outage-reports.ts';
import { createRecordRemoval } from './record-removal.ts';
import { SITE_NOTICES } from './site-notices.ts';
import { SUBSCRIPTIONS } from './subscriptions.ts';
import { TELEGRAM_BUTTONS, TELEGRAM_SENDS } from './telegram-store.ts';
import { UNCLEAR_MESSAGES, WORDS_DECISIONS } from './unclear-messages.ts';
import { CLAIMS, EFFECTS } from './work-documents.ts';
import { ZALO_SENDS } from './zalo-sends.ts';
import { ZALO_BUTTONS, ZALO_INTERACTIONS } from './zalo-store.ts';
import { ZALO_WAITING } from './zalo-waiting.ts';

/** Documents about a person on MongoDB. */
export function createMongoPersonRows(db: MongoDatabase): PersonRows {
  /** Collections whose `_id` is `<conversation>/…`. */
  const keyed = [ZALO_BUTTONS, TELEGRAM_BUTTONS, ZALO_SENDS, TELEGRAM_SENDS, EFFECTS, CLAIMS].map((collection) =>
    db.model(collection as typeof EFFECTS),
  );
  const named = [ZALO_WAITING, NOTICES, SUBSCRIPTIONS, OUTAGE_REPORTS, INCIDENT_LINKS].map((collection) =>
    db.model(collection as typeof NOTICES),
  );
  const audit = db.model(AUDIT);
  const forgetRecords = createRecordRemoval(db);

  /** Takes a contract out of its account and of the notices; an account without any other is forgotten. */
  async function forgetSite(code: string): Promise<void> {
    const accounts = db.model(ACCOUNTS);
    for (const { _id, record } of await accounts.find({ codes: code }).lean<AccountDocument[]>()) {
      const rest = withoutSite(fromDocumentValue<Account>(record), code);
      await (rest === undefined ? accounts.deleteOne({ _id }) : accounts.replaceOne({ _id }, toAccountDocument(rest)));
    }
    const told = db.model(SITE_NOTICES);
    await told.updateMany({ codes: code }, { $pull: { codes: code } });
    await told.deleteMany({ codes: { $size: 0 } });
  }

  return {
    async forgetConversation(conversationId) {
      for (const model of keyed) {
        // "0" comes right after "/".
        await model.deleteMany({ _id: { $gt: `${conversationId}/`, $lt: `${conversationId}0` } });
      }
      for (const model of named) {
        await model.deleteMany({ conversationId });
      }
      await db.model(SITE_NOTICES).deleteMany({ conversations: conversationId });
      await db.model(ZALO_INTERACTIONS).deleteMany({ _id: conversationId });
      await db.model(BOTFRAMEWORK_REFERENCES).deleteMany({ _id: parseConversationId(conversationId).customer });
    },
    async forgetWords(texts) {
      const words = texts.map(wordsOf);
      await db.model(UNCLEAR_MESSAGES).deleteMany({ words: { $in: words } });
      await db.model(WORDS_DECISIONS).deleteMany({ _id: { $in: words } });
    },
    async forgetCustomer({ customerCode, name, phone }) {
      const records = await forgetRecords(customerCode);
      await db.model(NOTICES).deleteMany({ _id: containing(customerCode) });
      await db.model(SUBSCRIPTIONS).deleteMany({ _id: containing(customerCode) });
      await forgetSite(customerCode);
      await db.model(LEGAL_HOLDS).deleteMany({ 'subject.customerCode': customerCode });
      if (phone !== undefined) {
        await db.model(DEMO_SMS).deleteMany({ to: phone });
      }
      for (const words of [customerCode, name, phone]) {
        if (words !== undefined) {
          await audit.updateMany({ subject: containing(words) }, { $set: { subject: ERASED } });
          await audit.updateMany({ reason: containing(words) }, { $set: { reason: ERASED } });
        }
      }
      return records;
    },
    // What the server leaves in its files is its own business, and gone with its next checkpoint.
    compact: async () => {},
  };
}

function containing(words: string): { readonly $regex: string } {
  return { $regex: words.replace(/[.*+?^${}()|[\]\\]/g, '\\$&') };
}
