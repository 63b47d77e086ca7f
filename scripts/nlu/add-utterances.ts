import { dump, load } from 'js-yaml';

/**
 * An intent file with more utterances at the end of its list. Everything else stays byte for byte as its author wrote
 * it; throws when the list is not written one utterance a line.
 */
export function addUtterances(source: string, utterances: readonly string[]): string {
  const lines = source.split('\n');
  const head = lines.findIndex((line) => /^utterances:\s*(#.*)?$/.test(line));
  const rest = lines.slice(head + 1);
  const length = rest.findIndex((line) => /^\S/.test(line));
  const block = length < 0 ? rest : rest.slice(0, length);
  const last = block.findLastIndex((line) => /^\s+- /.test(line));
  const indent = /^\s+/.exec(block[last] ?? '')?.[0];
  if (head < 0 || indent === undefined) {
    throw new Error('The file needs "utterances:" with one utterance a line, each after "  - ".');
  }
  const at = head + 1 + last + 1;
  const added = utterances.map((text) => `${indent}- ${inYaml(text)}`);
  const written = [...lines.slice(0, at), ...added, ...lines.slice(at)].join('\n');
  const wanted = [...(load(source) as IntentFile).utterances, ...utterances];
  const read = (load(written) as IntentFile).utterances;
  if (JSON.stringify(read) !== JSON.stringify(wanted)) {
    throw new Error('The utterances cannot be added without changing others: write the list one utterance a line.');
  }
  return written;
}

/** In quotes where YAML would misread it, of the kind that it does not hold itself. */
function inYaml(text: string): string {
  return dump(text, { lineWidth: -1, quoteStyle: text.includes('"') ? 'single' : 'double' }).trimEnd();
}

interface IntentFile {
  readonly utterances: readonly unknown[];
}
