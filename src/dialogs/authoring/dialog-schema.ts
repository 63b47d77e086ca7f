import { z } from 'zod';

const nodeName = z
  .string()
  .regex(
    /^(?!(?:end|stop|handoff|offered)$)[a-z][a-z0-9_]*$/,
    'must be snake_case, and not end, stop, handoff or offered',
  );
const dialogName = z.string().regex(/^[a-z][a-z0-9-]*$/, 'must be kebab-case');
const target = z
  .string()
  .regex(/^[a-z][a-z0-9_-]*(:[a-z][a-z0-9_]*)?$/, 'must be a node, a dialog, handoff, stop, end or end:<outcome>')
  .describe('A node of this dialog, another dialog, `handoff`, `stop`, `end` or `end:<outcome>`.');
const slot = z.string().regex(/^[a-z][a-z0-9_]*$/, 'must be snake_case');
const say = z
  .union([z.string().min(1), z.array(z.string().min(1)).min(1)])
  .describe('What the bot says; a list is several messages. {slot} is replaced by its value.');

const link = z.strictObject({
  label: z.string().min(1),
  href: z.string().min(1).describe('For example tel:{hotline_tel}'),
});

const words = {
  say,
  links: z.array(link).optional().describe('Buttons that open a link.'),
  suggest: z.array(dialogName).optional().describe('Dialogs offered as buttons.'),
};

const choice = z.strictObject({
  same_as: slot.optional().describe('A choice of shared-choices.yaml, whose label, words and values this one has.'),
  label: z.string().min(1).optional().describe('What the button shows.'),
  key: z
    .string()
    .regex(/^[a-z0-9-]+$/, 'must be kebab-case')
    .optional()
    .describe('Short stable name; from the label when left out.'),
  intent: slot.optional().describe('An intent that means this choice.'),
  answer: z.enum(['yes', 'no']).optional().describe('A short "có" or "không" means this choice.'),
  words: z
    .array(z.string().min(1))
    .optional()
    .describe('Words that mean this choice, with or without marks; … stands for any words between.'),
  told_by: z
    .array(z.string().min(1))
    .optional()
    .describe(
      'Words that tell it before the question is asked, in any message of the dialog; then it is not asked. "^" before them: at the beginning of what is said.',
    ),
  sets: z
    .record(slot, z.string())
    .optional()
    .describe('Slots that this choice fills. ({words}) stands for the words of the customer that meant it.'),
  hidden: z.boolean().optional().describe('Understood when it is typed; no button shows it.'),
  next: target,
});

/** The fields of each kind of node. The kind is found first, so that a message names the wrong field. */
export const NODE_SCHEMAS = {
  ask: z.strictObject({
    ask: z.union([slot, z.array(slot).min(1)]).describe('The slot asked for; a list: any one of them answers.'),
    ...words,
    choices: z.array(choice).optional(),
    any_words: z.boolean().optional().describe('Whatever the customer writes is the answer.'),
    fresh: z.boolean().optional().describe('A value known from an earlier dialog does not count.'),
    anew: z.boolean().optional().describe('Only an answer to this very question counts.'),
    told_after: z
      .array(z.string().min(1))
      .optional()
      .describe('Words after which the answer is told, also when something else is asked or the work is done.'),
    help: say.optional(),
    retry: z.strictObject({
      say,
      times: z.int().min(1).max(5).describe('How often the question is asked at most.'),
      gave_up: target,
    }),
    next: z.union([target, z.record(slot, target)]).describe('A target, or one per slot.'),
  }),
  choose: z.strictObject({
    choose: z.array(choice),
    say: say.optional(),
    links: words.links,
    suggest: words.suggest,
    by: z.literal('words').optional().describe('Never asks: the words that led here decide.'),
    offers: z.boolean().optional().describe('The engine puts the offered dialogs first.'),
    closing: z.boolean().optional().describe('The work is done: another request ends this dialog.'),
    yields: z.boolean().optional().describe('A further request of the same message goes first; nothing is asked.'),
    early: z.boolean().optional().describe('The words that began the dialog may answer it; then it is not asked.'),
    lasting: z.boolean().optional().describe('Its buttons can be tapped when the question is no longer open, too.'),
    again: say.optional().describe('Said after an answer that fits no choice.'),
    otherwise: target,
  }),
  do: z.strictObject({
    do: z.string().min(1).describe('An action (snake_case), or a dialog that ends with an outcome (kebab-case).'),
    outcomes: z.record(z.string(), target),
  }),
  say: z.strictObject({
    ...words,
    buttons: z
      .array(z.strictObject({ label: z.string().min(1), value: z.string().min(1) }))
      .optional()
      .describe('Buttons of a notice whose values the bot itself knows, for example a rating.'),
    next: target,
  }),
} as const;

/** The head of a dialog file; its nodes are read one by one. */
export const DIALOG_SCHEMA = z.strictObject({
  dialog: dialogName,
  title: z.string().min(1).describe('Shown to the customer as the name of a request.'),
  starts_on: z.array(slot).optional().describe('Intents that start this dialog.'),
  starts_on_choice: slot.optional().describe('A shared choice whose words start it, where nothing else is understood.'),
  given: z.array(slot).optional().describe('Slots that whoever opens the dialog gives it.'),
  ends_as: z.array(slot).optional().describe('Outcomes with which it can end when another dialog calls it.'),
  covers: z.array(dialogName).optional().describe('Dialogs that need not follow when a message asks for both.'),
  followed_by: z.array(dialogName).optional().describe('Dialogs that a short further question may be about.'),
  settles: z
    .array(dialogName)
    .optional()
    .describe('Interrupted dialogs that are given up when a notice asks this question: it tells how they ended.'),
  keeps_pictures: z
    .boolean()
    .optional()
    .describe('A picture sent while it is open belongs to its ticket: it is kept, and what was asked is asked again.'),
  afterwards: z.enum(['resume', 'offer']).optional().describe('How an interrupted dialog goes on after this one.'),
  notice: z.boolean().optional().describe('Words that the bot says by itself: only `say` nodes.'),
  first: nodeName,
  nodes: z.record(nodeName, z.unknown()),
});

/** Order matters: `say` is also a field of other kinds, so it is looked for last. */
export const NODE_KINDS = ['ask', 'choose', 'do', 'say'] as const;

export type NodeKind = (typeof NODE_KINDS)[number];
