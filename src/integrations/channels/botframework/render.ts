import type { Activity, Attachment, CardAction } from 'botframework-schema';
import { type Link, type Reply, toPlainText } from '../../../dialogs/reply.ts';
import type { TryToPaint } from '../../charts/paint-chart.ts';

/** What is sent of an activity; where it goes is added by the connector. */
export type OutgoingActivity = Pick<Activity, 'type' | 'text' | 'textFormat'> & {
  readonly attachments?: readonly Attachment[];
};

/** A hero card shows six buttons everywhere; Teams drops what is more. */
const MOST_BUTTONS = 6;
/** Teams refuses messages above about 100 KB, and pictures count with their four thirds as text. */
const LARGEST_PICTURE = 60_000;

/**
 * A reply as one activity: words as plain text, so that no client reads Markdown into a figure, and buttons as a hero card
 * under them. A button brings its value back as `{ "choice": … }`. More choices than buttons are also written out.
 */
export async function renderActivity(reply: Reply, paintChart: TryToPaint): Promise<OutgoingActivity> {
  switch (reply.kind) {
    case 'image':
      return message(toPlainText(reply), [{ contentType: 'image/png', contentUrl: reply.url, name: reply.alt }]);
    case 'chart': {
      const png = await paintChart(reply);
      const isSmall = png !== undefined && png.length <= LARGEST_PICTURE;
      return message(toPlainText(reply), isSmall ? [pictureOf(png, reply.title)] : []);
    }
    case 'file':
    case 'text':
      return message(toPlainText(reply));
    case 'choices':
    case 'card':
      return withButtons(reply);
  }
}

function withButtons(reply: Extract<Reply, { kind: 'choices' | 'card' }>): OutgoingActivity {
  const { choices = [], links = [] } = reply;
  const buttons: CardAction[] = [
    ...choices.map(({ label, value }) => ({
      type: 'messageBack',
      title: label,
      text: label,
      displayText: label,
      value: { choice: value },
    })),
    ...links.filter(isWeb).map(({ label, href }) => ({ type: 'openUrl', title: label, value: href })),
  ];
  if (buttons.length === 0 || buttons.length > MOST_BUTTONS) {
    return message(toPlainText(reply));
  }
  // Numbers to call stay in the words: few clients open a telephone.
  const words = toPlainText({ ...reply, choices: [], links: links.filter((link) => !isWeb(link)) });
  return message(words, [{ contentType: 'application/vnd.microsoft.card.hero', content: { buttons } }]);
}

function isWeb({ href }: Link): boolean {
  return href.startsWith('https://') || href.startsWith('http://');
}

function pictureOf(png: Uint8Array, name: string): Attachment {
  return { contentType: 'image/png', contentUrl: `data:image/png;base64,${Buffer.from(png).toString('base64')}`, name };
}

function message(text: string, attachments: readonly Attachment[] = []): OutgoingActivity {
  return {
    type: 'message',
    text: text.normalize('NFC'),
    textFormat: 'plain',
    ...(attachments.length > 0 && { attachments }),
  };
}
