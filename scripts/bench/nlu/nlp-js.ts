import { NlpManager } from 'node-nlp';
import type { IntentData } from '../../../src/nlu/load-intents.ts';

const LANGUAGE = 'vi';

/** Trains NLP.js (`node-nlp`) with its own settings on all utterances. */
export async function trainNlpJs(intents: readonly IntentData[]) {
  const manager = new NlpManager({ languages: [LANGUAGE], autoSave: false, nlu: { log: false } });
  for (const { intent, utterances } of intents)
    for (const utterance of utterances) manager.addDocument(LANGUAGE, utterance, intent);
  await manager.train();
  return {
    classify: async (utterance: string) => (await manager.process(LANGUAGE, utterance)).intent,
    modelBytes: Buffer.byteLength(manager.export(false)),
  };
}
