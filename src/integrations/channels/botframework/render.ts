import type { Activity, Attachment, CardAction } from 'botframework-schema';
import type { Chart } from '../../../dialogs/chart.ts';
import { type Link, type Reply, toPlainText } from '../../../dialogs/reply.ts';
import { paintChart, type TryToPaint } from '../../charts/paint-chart.ts';
import { imageTypeOf } from '../content-type.ts';
import { splitText, unitsOf } from '../split-text.ts';

/** What is sent of an activity; where it goes is added by the connector. */
export type OutgoingActivity = Pick<Activity, 'type' | 'text' | 'textFormat'> & {
  readonly attachments?: readonly Attachment[];
};

/** A hero card shows six buttons everywhere; Teams drops what is more. */
const MOST_BUTTONS = 6;
/** A service takes requests of 256 KB, and pictures count with their four thirds as text. */
const LARGEST_PICTURE = 150_000;
/** Teams shows pictures of 1,024 × 1,024 pixels at most. */
const LONGEST_SIDE = 1_024;
const SMALLER = 4;

/** What a service takes in one activity. */
export interface ServiceForm {
  /** Code units of the words. */
  readonly longestText: number;
  /** Teams shows one line end as a blank, and two as a line end. */
  readonly doublesLineEnds: boolean;
  readonly hasRoomForPictures: boolean;
}

/**
 * Teams has named 28, 40 and 100 KB as the most for a message, its words counted as UTF-16: so long a text fits into the
 * least of them, with buttons beside it.
 */
const LONGEST_TEXT = 10_000;

export function formOf(channelId: string): ServiceForm {
  return { longestText: LONGEST_TEXT, doublesLineEnds: channelId === 'msteams', hasRoomForPictures: true };
}

/** For a service that finds a message too large. */
export function smallerThan(form: ServiceForm): ServiceForm {
  return { ...form, longestText: Math.floor(form.longestText / SMALLER), hasRoomForPictures: false };
}

/** A chart as a picture that every service shows. */
export function paintPicture(chart: Chart): Promise<Uint8Array> {
  return paintChart(chart, LONGEST_SIDE);
}

/**
 * A reply as activities, one after the other: words as plain text, so that no client reads Markdown into a figure, and
 * buttons as a hero card under the last of them. A button brings its value back as `{ "choice": … }`. More choices than
 * buttons are also written out; a file is an address on a button.
 */
export async function renderActivities(
  reply: Reply,
  paintChart: TryToPaint,
  form: ServiceForm,
): Promise<readonly OutgoingActivity[]> {
  switch (reply.kind) {
    case 'image':
      return messages(form, toPlainText(reply), [
        { contentType: imageTypeOf(reply.url), contentUrl: reply.url, name: reply.alt },
      ]);
    case 'chart': {
      const png = form.hasRoomForPictures ? await paintChart(reply) : undefined;
      const isSmall = png !== undefined && png.length <= LARGEST_PICTURE;
      return messages(form, toPlainText(reply), isSmall ? [pictureOf(png, reply.title)] : []);
    }
    case 'file': {
      const link = { label: reply.name, href: reply.url };
      return isWeb(link)
        ? messages(form, [reply.text, reply.name].filter(Boolean).join('\n'), [cardOf([openUrl(link)])])
        : messages(form, toPlainText(reply));
    }
    case 'text':
      return messages(form, toPlainText(reply));
    case 'choices':
    case 'card':
      return withButtons(form, reply);
  }
}

function withButtons(
  form: ServiceForm,
  reply: Extract<Reply, { kind: 'choices' | 'card' }>,
): readonly OutgoingActivity[] {
  const { choices = [], links = [] } = reply;
  const buttons: CardAction[] = [
    ...choices.map(({ label, value }) => ({
      type: 'messageBack',
      title: label,
      text: label,
      displayText: label,
      value: { choice: value },
    })),
    ...links.filter(isWeb).map(openUrl),
  ];
  if (buttons.length === 0 || buttons.length > MOST_BUTTONS) {
    return messages(form, toPlainText(reply));
  }
  // Numbers to call stay in the words: few clients open a telephone.
  const words = toPlainText({ ...reply, choices: [], links: links.filter((link) => !isWeb(link)) });
  return messages(form, words, [cardOf(buttons)]);
}

function openUrl({ label, href }: Link): CardAction {
  return { type: 'openUrl', title: label, value: href };
}

function cardOf(buttons: readonly CardAction[]): Attachment {
  return { contentType: 'application/vnd.microsoft.card.hero', content: { buttons } };
}

function isWeb({ href }: Link): boolean {
  return href.startsWith('https://') || href.startsWith('http://');
}

function pictureOf(png: Uint8Array, name: string): Attachment {
  return { contentType: 'image/png', contentUrl: `data:image/png;base64,${Buffer.from(png).toString('base64')}`, name };
}

/** The words in as many activities as they need; what belongs to them stands with the last. */
function messages(
  { longestText, doublesLineEnds }: ServiceForm,
  words: string,
  attachments: readonly Attachment[] = [],
): readonly OutgoingActivity[] {
  const shown = doublesLineEnds ? words.replace(/\n+/g, '\n\n') : words;
  const texts = splitText(shown, longestText, unitsOf);
  return texts.map((text, index) => ({
    type: 'message',
    text,
    textFormat: 'plain',
    ...(index === texts.length - 1 && attachments.length > 0 && { attachments }),
  }));
}
