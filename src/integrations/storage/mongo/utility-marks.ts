import { defineCollection, needed } from './collection.ts';

interface MarkDocument {
  readonly _id: string;
  readonly value: string;
}

/** Short notes about the data themselves, and about how far they have been brought. */
export const MARKS = defineCollection<MarkDocument>({
  name: 'data_marks',
  fields: { _id: needed.text, value: needed.text },
});
