import { describe, expect, test } from '@jest/globals';
import { textsSaid } from '../../src/dialogs/authoring/check-nodes.ts';
import { toneTroubles } from '../../src/dialogs/authoring/check-tone.ts';
import { LONG_VALUES } from '../../src/dialogs/authoring/long-values.ts';
import { loadAnswers } from '../../src/dialogs/load-answers.ts';
import { placeholdersIn } from '../../src/dialogs/render-words.ts';
import { loadCannedAnswers } from '../../src/integrations/agent-desk/canned-answers.ts';
import { loadTrees } from '../support/load-trees.ts';

const { dialogs } = loadTrees();
const nodes = dialogs.flatMap((dialog) =>
  Object.entries(dialog.nodes).map(([name, node]) => ({ name: `${dialog.id}/${name}`, node })),
);
const answers = loadAnswers();

describe('no reply is longer than anybody reads in a chat, its blanks filled with as much as may stand there', () => {
  test('every blank of a dialog or an answer has its longest value', () => {
    const texts = [...nodes.flatMap(({ node }) => textsSaid(node)), ...answers.map(({ text }) => text)];
    const blanks = new Set(texts.flatMap(placeholdersIn));
    expect([...blanks].filter((blank) => LONG_VALUES[blank] === undefined)).toEqual([]);
    expect(Object.keys(LONG_VALUES).filter((name) => !blanks.has(name) && name !== 'hotline_tel')).toEqual([]);
  });

  test('blanks are counted with these', () => {
    expect(toneTroubles(`${'từ '.repeat(110)}{outage_text}`)).toEqual([
      expect.objectContaining({ wrong: expect.stringMatching(/up to 1[678]\d words/) }),
    ]);
  });

  test('an answer stands in a message alone', () => {
    const mixed = nodes.flatMap(({ name, node }) =>
      textsSaid(node)
        .filter((text) => text.includes('{answer_text}') && text !== '{answer_text}')
        .map((text) => `${name}: ${text}`),
    );
    expect(mixed).toEqual([]);
  });

  test('what one node says in a row is read at once', () => {
    const long = nodes.filter(({ node }) => node.kind !== 'do' && node.say.length > 1);
    expect(long.length).toBeGreaterThan(10);
    const troubles = long.map(({ name, node }) => [name, toneTroubles(textsOf(node).join(' '))] as const);
    expect(troubles.filter(([, wrong]) => wrong.length > 0)).toEqual([]);
  });

  test.each(loadCannedAnswers().map(({ id, text }) => [id, text]))('the desk’s answer %s', (_, text) => {
    expect(toneTroubles(text)).toEqual([]);
  });
});

function textsOf(node: (typeof nodes)[number]['node']): readonly string[] {
  return node.kind === 'do' ? [] : node.say;
}
