import { describe, expect, test } from '@jest/globals';
import { checkDialogs } from '../../src/dialogs/authoring/check-dialogs.ts';
import type { DialogMistake } from '../../src/dialogs/authoring/dialog-mistake.ts';
import { readDialogText } from '../../src/dialogs/load-dialogs.ts';

/** A sound dialog; the cases put one mistake into it. */
const SOUND = `
dialog: sample
title: Mẫu
starts_on: [bill_lookup]
first: ask
nodes:
  ask:
    ask: customer_code
    say: Mã của anh/chị?
    retry: { say: Xin gửi lại mã., times: 2, gave_up: handoff }
    next: look_up
  look_up:
    do: find_contracts
    outcomes: { one: tell, several: choose, not_verified: handoff, failed: handoff }
  choose:
    choose:
      - { label: Có, next: tell }
      - { label: Không, next: end }
    say: Xem tiếp {contracts}?
    otherwise: end
  tell: { say: "Mã {customer_code}.", next: end }
`;

const SHARED = { medical: { label: 'Có người thở máy', words: ['thở máy'], sets: { priority_reason: 'máy thở' } } };

function mistakesIn(text: string, file = 'sample.dialog.yaml', required: readonly string[] = []) {
  const { dialog, mistakes } = readDialogText(file, text, SHARED);
  return mistakes.length > 0 || dialog === undefined
    ? mistakes
    : checkDialogs([{ file, dialog }], { constants: ['hotline'], intents: ['bill_lookup'], required });
}

const CASES: readonly (readonly [code: string, find: string, replace: string, named: readonly string[]])[] = [
  ['bad_field', 'title: Mẫu', 'titel: Mẫu', ['titel']],
  ['bad_field', 'times: 2', 'times: viele', ['node "ask"', 'retry.times']],
  ['no_kind', 'tell: { say: "Mã {customer_code}.", next: end }', 'tell: { next: end }', ['node "tell"', 'ask, choose']],
  ['several_kinds', 'do: find_contracts', 'do: find_contracts\n    ask: otp', ['node "look_up"', 'ask and do']],
  ['unknown_first', 'first: ask', 'first: start', ['key "first"', 'look_up']],
  ['unknown_target', 'one: tell', 'one: telll', ['node "look_up"', 'key "one"', 'telll']],
  ['unknown_target', 'first: ask', 'followed_by: [samples]\nfirst: ask', ['key "followed_by"', 'samples']],
  ['unknown_shared', 'label: Có, next', 'same_as: medcal, next', ['node "choose"', 'medcal', 'medical']],
  ['unknown_shared', 'first: ask', 'starts_on_choice: medcal\nfirst: ask', ['key "starts_on_choice"', 'medical']],
  ['bad_field', 'label: Có, next', 'key: co, next', ['node "choose"', 'choice 1', 'same_as']],
  ['unknown_intent', '[bill_lookup]', '[bill_lokup]', ['starts_on', 'bill_lokup']],
  ['unknown_action', 'do: find_contracts', 'do: find_contract', ['node "look_up"', 'find_contracts']],
  ['missing_outcome', ', failed: handoff }', ' }', ['node "look_up"', 'failed']],
  ['unknown_outcome', 'one: tell', 'one: tell, none: tell', ['"none"', 'several']],
  ['unknown_slot', 'ask: customer_code', 'ask: custommer_code', ['node "ask"', 'customer_code']],
  ['missing_next', '    next: look_up', '    next: { place: look_up }', ['node "ask"', '"customer_code"']],
  ['unknown_placeholder', 'Mã {customer_code}.', 'Mã {code}.', ['node "tell"', '{code}']],
  ['unsure_placeholder', 'Mã {customer_code}.', 'Mã {contracts}.', ['node "tell"', '{contracts}']],
  ['missing_slot', 'first: ask', 'first: look_up', ['node "look_up"', 'customer_code']],
  ['endless_loop', 'one: tell', 'one: look_up', ['node "look_up"']],
  ['duplicate_choice', 'label: Không', 'label: Có', ['node "choose"', 'co']],
  ['long_choice', 'label: Không', `label: ${'rất dài '.repeat(10)}`, ['64']],
  ['missing_say', '    say: Xem tiếp {contracts}?\n', '', ['node "choose"', 'say']],
  ['missing_key_words', '    say: Xem tiếp {contracts}?\n', '    by: words\n', ['Có', 'words']],
  ['unknown_outcome_target', 'several: choose', 'several: end:done', ['end:done', 'ends_as']],
  [
    'buttons_lead_nowhere',
    'tell: { say: "Mã {customer_code}.", next: end }',
    'tell: { say: "Mã.", buttons: [{ label: A, value: a }], next: end }',
    ['node "tell"', 'buttons'],
  ],
  ['wrong_tone', 'Mã {customer_code}.', 'Xin lỗi, mình chưa hiểu.', ['node "tell"', 'does not understand']],
  ['wrong_tone', 'Mã {customer_code}.', 'Nhà mình mã {customer_code}.', ['node "tell"', 'anh/chị']],
  ['wrong_tone', 'Mã {customer_code}.', `Mã {customer_code} ${'dài '.repeat(120)}.`, ['node "tell"', '123 words']],
  ['wrong_tone', 'Xin gửi lại mã.', 'lại '.repeat(121), ['node "ask"', '121 words']],
  [
    'wrong_tone',
    '    next: look_up',
    `    help: ${'dài '.repeat(121)}\n    next: look_up`,
    ['node "ask"', '121 words'],
  ],
  [
    'wrong_tone',
    '    otherwise: end',
    `    otherwise: end\n    again: ${'dài '.repeat(121)}`,
    ['node "choose"', '121 words'],
  ],
  ['notice_asks', 'title: Mẫu', 'title: Mẫu\nnotice: true', ['notice']],
  [
    'no_ending',
    'tell: { say: "Mã {customer_code}.", next: end }',
    'tell: { say: "Mã {customer_code}.", next: tell }',
    ['node "tell"'],
  ],
  ['not_yaml', 'title: Mẫu', 'title: "Mẫu', ['sample.dialog.yaml']],
];

describe('the checker', () => {
  test('finds nothing wrong with a sound dialog', () => {
    expect(mistakesIn(SOUND)).toEqual([]);
  });

  test.each(CASES)('says %s when "%s" becomes "%s"', (code, find, replace, named) => {
    const text = SOUND.replace(find, replace);
    expect(text).not.toBe(SOUND);
    const found = mistakesIn(text).filter((each: DialogMistake) => each.code === code);
    const messages = found.map((each) => each.message).join('\n');
    expect(messages).toMatch(/^sample\.dialog\.yaml/);
    for (const word of named) {
      expect(messages).toContain(word);
    }
  });

  test('gives a shared choice its label, words and values, and lets a dialog add words', () => {
    const text = SOUND.replace('label: Có, next', 'same_as: medical, words: [bình oxy], next');
    const node = readDialogText('sample.dialog.yaml', text, SHARED).dialog?.nodes['choose'];
    expect(node?.kind === 'choose' && node.choices[0]).toEqual({
      ...{ key: 'medical', label: 'Có người thở máy', words: ['tho may', 'binh oxy'] },
      ...{ sets: { priority_reason: 'máy thở' }, next: 'tell' },
    });
    const started = readDialogText('sample.dialog.yaml', `${SOUND}starts_on_choice: medical\n`, SHARED).dialog;
    expect(started?.startsOnWords).toEqual(['tho may']);
  });

  test('names a node that no way leads to', () => {
    const text = SOUND.replace('one: tell', 'one: end').replace('label: Có, next: tell', 'label: Có, next: end');
    expect(mistakesIn(text).map((each) => [each.code, each.node])).toEqual([['unreachable_node', 'tell']]);
  });

  test('names a dialog that the engine needs and nobody wrote', () => {
    expect(mistakesIn(SOUND, 'sample.dialog.yaml', ['fallback']).map((each) => each.message)).toEqual([
      expect.stringContaining('fallback.dialog.yaml'),
    ]);
  });

  test('wants the file to be named after its dialog', () => {
    expect(mistakesIn(SOUND, 'other.dialog.yaml').map((each) => each.code)).toEqual(['wrong_file_name']);
  });

  test('refuses an action before the first question of the emergency dialog', () => {
    const text = SOUND.replace('dialog: sample', 'dialog: emergency');
    const found = mistakesIn(text, 'emergency.dialog.yaml');
    expect(found.map((each) => [each.code, each.node])).toEqual([['action_before_safety', 'look_up']]);
  });

  test('refuses two dialogs that start on one intent', () => {
    const { dialog } = readDialogText('sample.dialog.yaml', SOUND);
    const { dialog: twin } = readDialogText('twin.dialog.yaml', SOUND.replace('dialog: sample', 'dialog: twin'));
    const sources = [dialog, twin].flatMap((each) =>
      each === undefined ? [] : [{ file: `${each.id}.dialog.yaml`, dialog: each }],
    );
    const found = checkDialogs(sources, { constants: [], required: [] });
    expect(found.map((each) => each.code)).toEqual(['duplicate_intent']);
  });
});
