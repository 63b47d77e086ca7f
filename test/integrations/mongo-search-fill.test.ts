import { beforeEach, expect, jest, test } from '@jest/globals';
import { createMongoChainRedaction } from '../../src/integrations/storage/mongo/chain-redaction.ts';
import { createMongoConversationStore } from '../../src/integrations/storage/mongo/conversation-store.ts';
import { CUSTOMERS } from '../../src/integrations/storage/mongo/customer-documents.ts';
import type { MongoDatabase } from '../../src/integrations/storage/mongo/database.ts';
import { createSearchFilling } from '../../src/integrations/storage/mongo/fill-search.ts';
import { createMongoSearchIndex } from '../../src/integrations/storage/mongo/search-index.ts';
import { SPOKEN_WORDS } from '../../src/integrations/storage/mongo/spoken-words.ts';
import { createMongoTicketStore, TICKETS } from '../../src/integrations/storage/mongo/ticket-store.ts';
import { TURNS } from '../../src/integrations/storage/mongo/turn-document.ts';
import { MARKS } from '../../src/integrations/storage/mongo/utility-marks.ts';
import { createMongoUtilityRecords } from '../../src/integrations/storage/mongo/utility-records.ts';
import { failingLog } from '../support/failing-log.ts';
import { sampleCustomer, sampleTicket } from '../support/sample-records.ts';
import { customerMessage, freshConversation, sampleTurn } from '../support/sample-turn.ts';
import { describeOnMongo } from '../support/servers/describe-on-mongo.ts';

describeOnMongo('what a release without the search has kept on MongoDB', (open) => {
  let db: MongoDatabase;

  beforeEach(async () => {
    db = await open();
    for (const collection of [TURNS, SPOKEN_WORDS, CUSTOMERS, TICKETS, MARKS]) {
      await db.model(collection as typeof TURNS).deleteMany({});
    }
  });

  /** Says so much in one conversation, and forgets what the search knows of it. */
  async function saidBefore(...texts: readonly string[]): Promise<string> {
    const id = freshConversation();
    const store = createMongoConversationStore(db, failingLog);
    for (const [index, text] of texts.entries()) {
      await store.commit(sampleTurn(id, index + 1, { messages: [customerMessage(index + 1, text)] }));
    }
    await db.model(SPOKEN_WORDS).deleteMany({});
    return id;
  }
  const search = (words: string) =>
    createMongoSearchIndex(db).search({ words: words.split(' '), limit: 10, withinMs: 5_000 });
  const turnsOf = (id: string) => createMongoConversationStore(db, failingLog).turns(id, 0, 10);

  async function fill(): Promise<void> {
    const filling = createSearchFilling(db);
    while ((await filling.follow()) > 0) {}
  }

  test('is found when it has been filled in: words, customers and tickets', async () => {
    const id = await saidBefore('nhà tôi ở đường Nguyễn Huệ', 'alo');
    await createMongoUtilityRecords(db).put('customers', [sampleCustomer({ name: 'Trần Thị Bích Thuỷ' })]);
    await createMongoTicketStore(db).open(sampleTicket({ number: 'SC1', summary: 'Công tơ kêu to' }));
    for (const collection of [CUSTOMERS, TICKETS]) {
      await db.model(collection as typeof CUSTOMERS).updateMany({}, { $unset: { words: 1 } });
    }
    expect((await search('thuy')).customers).toEqual([]);
    await fill();
    expect((await search('nguyen hue')).conversations).toMatchObject([{ conversation: { conversationId: id } }]);
    expect((await search('thuy')).customers).toMatchObject([{ name: 'Trần Thị Bích Thuỷ' }]);
    expect((await search('cong to')).tickets).toMatchObject([{ summary: 'Công tơ kêu to' }]);
  });

  test('is filled in once: a later start has nothing to do', async () => {
    await saidBefore('nhà tôi ở đường Nguyễn Huệ');
    await fill();
    await db.model(SPOKEN_WORDS).deleteMany({});
    await fill();
    expect((await search('nguyen hue')).conversations).toEqual([]);
  });

  test('is not found when it is taken out of the chain while it is being filled in', async () => {
    const id = await saidBefore('nhà tôi ở đường Nguyễn Huệ');
    const model = db.model(SPOKEN_WORDS);
    const insertMany = model.insertMany.bind(model) as (...given: unknown[]) => Promise<never>;
    const [turn] = await turnsOf(id);
    jest.spyOn(model, 'insertMany').mockImplementationOnce((async (...given: unknown[]) => {
      const redacted = { ...turn, messages: [customerMessage(1, 'đã xóa')], redactedAt: 5 };
      await createMongoChainRedaction(db).replace([redacted as never]);
      return insertMany(...given);
    }) as never);
    await fill();
    expect((await search('nguyen hue')).conversations).toEqual([]);
  });
});
