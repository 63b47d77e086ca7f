import type { Dialog, DialogChoice, Words } from './dialog.ts';
import { type DialogWorld, dialogNamed } from './dialog-world.ts';
import type { Choice, Reply } from './reply.ts';
import type { Slots } from './run-action.ts';

export const PLACEHOLDER = /\{([a-z][a-z0-9_]*)\}/g;

/** The slots that a text wants to be filled. */
export function placeholdersIn(text: string): readonly string[] {
  return [...text.matchAll(PLACEHOLDER)].map((match) => match[1] ?? '');
}

/** Puts the values in. A missing value is a program error: customers never see a brace. */
export function fillText(text: string, slots: Slots): string {
  return text.replace(PLACEHOLDER, (_, name: string) => {
    const value = slots[name];
    if (value === undefined || value === '') {
      throw new Error(`No value for {${name}} in "${text}".`);
    }
    return value;
  });
}

/** The value of a choice's button. */
export function choiceValue(dialog: string, node: string, choice: DialogChoice): string {
  return `${dialog}/${node}/${choice.key}`;
}

export const START = 'start:';

/** A button that starts a dialog, wherever the conversation stands. */
export function startChoice(dialog: Dialog): Choice {
  return { label: dialog.title, value: `${START}${dialog.id}` };
}

export interface RenderedWords extends Words {
  readonly choices: readonly Choice[];
}

/** One reply per line; the last one bears the buttons. */
export function renderWords(world: DialogWorld, words: RenderedWords, slots: Slots): readonly Reply[] {
  const choices = [...words.choices, ...words.suggest.map((id) => startChoice(dialogNamed(world, id)))];
  const links = words.links.map((link) => ({
    label: fillText(link.label, slots),
    href: fillText(link.href, slots),
  }));
  return words.say.map((line, index): Reply => {
    const text = fillText(line, slots);
    if (index < words.say.length - 1 || (choices.length === 0 && links.length === 0)) {
      return { kind: 'text', text };
    }
    return links.length === 0 ? { kind: 'choices', text, choices } : { kind: 'choices', text, choices, links };
  });
}
