declare module 'node-nlp' {
  /** The part of NLP.js that the benchmark uses; the package has no types of its own. */
  export class NlpManager {
    constructor(settings: {
      readonly languages: readonly string[];
      readonly autoSave: boolean;
      readonly nlu: { readonly log: boolean };
    });
    addDocument(language: string, utterance: string, intent: string): void;
    train(): Promise<void>;
    process(language: string, utterance: string): Promise<{ readonly intent: string }>;
    export(minified: boolean): string;
  }
}
