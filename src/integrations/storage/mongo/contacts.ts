import type { Contact } from '../../../bot/figures/contact.ts';
import type { ContactRecords } from '../../../bot/figures/contact-records.ts';
import { foldTurns } from '../../../bot/figures/fold-contact.ts';
import type { ConversationId } from '../../../bot/message.ts';
import type { Turn } from '../../../bot/turn.ts';
import { dayOf } from '../../local-time.ts';
import { CONTACTS_REVISION, contactKey, MOST_RECENT, newContactSalt } from '../contact-key.ts';
import { defineCollection, needed } from './collection.ts';
import { SUMMARIES } from './conversation-views.ts';
import { insertOnce, type MongoDatabase } from './database.ts';
import { numberedKey, numberedOf } from './numbered-key.ts';
import { TURNS, toTurn } from './turn-document.ts';
import { MARKS } from './utility-marks.ts';

/**
 * A contact as one turn leaves it; `_id` is `<key>/<number>/<version of the turn>`, both padded. Nothing is
 * overwritten: each turn inserts its own, and the older ones go. The newest counts.
 */
interface ContactDocument {
  readonly _id: string;
  readonly key: string;
  /** `<revision>/<day of its beginning>`: what an older release has derived is not read. */
  readonly day: string;
  readonly contact: Contact;
}

export const CONTACTS = defineCollection<ContactDocument>({
  name: 'contacts',
  fields: { _id: needed.text, key: needed.text, day: needed.text, contact: needed.any },
  indexes: [{ key: { key: 1, _id: -1 } }, { key: { day: 1, _id: 1 } }],
});

const READ_AT_ONCE = 500;
const CONVERSATIONS_AT_ONCE = 20;
const BATCHES_A_ROUND = 10;
/** Older documents of a contact that their turns have not removed yet may stand among the newest. */
const SPARE = 3;

/** Counts what customers come with; may be done again. */
export function createContactProjection(db: MongoDatabase): (turn: Turn) => Promise<void> {
  const derive = createDerivation(db);
  return (turn) => derive(turn.conversationId, turn);
}

/** Takes up the turns of a conversation that its contacts do not know of, up to `turn` or to the last. */
function createDerivation(db: MongoDatabase): (conversationId: ConversationId, turn?: Turn) => Promise<void> {
  const contacts = db.model(CONTACTS);
  const turns = db.model(TURNS);
  const saltOf = createSalt(db);

  async function recentOf(key: string): Promise<readonly Contact[]> {
    const found = await contacts
      .find({ key })
      .sort({ _id: -1 })
      .limit(MOST_RECENT * SPARE)
      .lean<ContactDocument[]>();
    return newest(found.map(({ contact }) => contact).reverse()).slice(-MOST_RECENT);
  }

  return async (conversationId, turn) => {
    const key = contactKey(await saltOf(), conversationId);
    const recent = await recentOf(key);
    const known = Math.max(0, ...recent.map(({ version }) => version));
    const before = turn === undefined ? undefined : turn.version - 1;
    const earlier =
      before !== undefined && before <= known
        ? []
        : (
            await turns
              .find(numberedOf(conversationId, known, before))
              .sort({ _id: 1 })
              .lean()
          ).map(toTurn);
    for (const contact of foldTurns(recent, turn === undefined ? earlier : [...earlier, turn], key)) {
      const id = numberedKey(key, contact.number);
      const _id = numberedKey(id, contact.version);
      await insertOnce<ContactDocument>(contacts, { _id, key, day: dayKey(dayOf(contact.startedAt)), contact });
      // The first turn of a contact has none before it.
      if (recent.some(({ number }) => number === contact.number)) {
        await contacts.deleteMany({ key, _id: { $gt: `${id}/`, $lt: _id } });
      }
    }
  };
}

/** Contacts on MongoDB. */
export function createMongoContactRecords(
  db: MongoDatabase,
  { readAtOnce = READ_AT_ONCE }: { readonly readAtOnce?: number } = {},
): ContactRecords {
  const contacts = db.model(CONTACTS);
  return {
    async eachOf(day, visit) {
      for (let after = '', left: Contact | undefined; ; ) {
        const found = await contacts
          .find({ day: dayKey(day), _id: { $gt: after } })
          .sort({ _id: 1 })
          .limit(readAtOnce)
          .lean<ContactDocument[]>();
        const isLast = found.length < readAtOnce;
        const read = newest([...(left === undefined ? [] : [left]), ...found.map(({ contact }) => contact)]);
        // The last one may go on in the next piece.
        read.slice(0, isLast ? undefined : -1).forEach(visit);
        if (isLast) {
          return;
        }
        left = read.at(-1);
        after = found.at(-1)?._id ?? after;
      }
    },
  };
}

/** Derives the contacts of all conversations anew, where an older release has derived them or none. */
export function createContactRecount(db: MongoDatabase): { follow(): Promise<number> } {
  const contacts = db.model(CONTACTS);
  const marks = db.model(MARKS);
  const summaries = db.model(SUMMARIES);
  const catchUp = createDerivation(db);
  const mark = { _id: `contacts_revision/${CONTACTS_REVISION}`, value: 'done' };
  let isDone = false;
  let after = '';

  return {
    async follow() {
      isDone ||= (await marks.exists({ _id: mark._id })) !== null;
      let count = 0;
      for (let batch = 0; !isDone && batch < BATCHES_A_ROUND; batch += 1) {
        const found = await summaries
          .find({ _id: { $gt: after } }, { conversationId: 1 })
          .sort({ _id: 1 })
          .limit(CONVERSATIONS_AT_ONCE)
          .lean();
        for (const id of new Set(found.map(({ conversationId }) => conversationId))) {
          await catchUp(id);
        }
        isDone = found.length === 0;
        after = found.at(-1)?._id ?? after;
        count += found.length;
        if (isDone) {
          await insertOnce(marks, mark);
          await contacts.deleteMany({ day: { $lt: dayKey('') } });
          await contacts.deleteMany({ day: { $gt: dayKey('~') } });
        }
      }
      return count;
    },
  };
}

function dayKey(day: string): string {
  return `${CONTACTS_REVISION}/${day}`;
}

/** Drawn once for all nodes. */
function createSalt(db: MongoDatabase): () => Promise<string> {
  const marks = db.model(MARKS);
  const _id = 'contact_salt';
  let salt: string | undefined;
  return async () => {
    salt ??= (await marks.findOne({ _id }).lean())?.value;
    if (salt === undefined) {
      await insertOnce(marks, { _id, value: newContactSalt() });
      salt = (await marks.findOne({ _id }).lean())?.value ?? '';
    }
    return salt;
  };
}

/** Of the documents of one contact, which lie side by side, the newest. */
function newest(contacts: readonly Contact[]): readonly Contact[] {
  const byNumber = new Map(contacts.map((contact) => [`${contact.key}/${contact.number}`, contact]));
  return [...byNumber.values()];
}
