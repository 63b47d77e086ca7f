import { type Chart, chartText } from './chart.ts';

/** A button: what it shows, and the value that comes back when it is chosen. */
export interface Choice {
  readonly label: string;
  /** Returned as `InboundMessage.choice`; also understood when the customer types the label. */
  readonly value: string;
}

/** A link that a channel shows as a button (`tel:` for hotlines). */
export interface Link {
  readonly label: string;
  readonly href: string;
}

/** One line of a card, for example "Điện tiêu thụ" / "250 kWh". */
export interface CardRow {
  readonly label: string;
  readonly value: string;
}

/** What the open question asks for, where a channel can let the customer share it with one tap. */
export type SharedValue = 'phone';

/** Words agreed upon beforehand, by their name in `data/notices/templates.yaml`, and what stands in their blanks. */
export interface TemplateUse {
  readonly name: string;
  readonly values: Readonly<Record<string, string>>;
}

/** What the bot can say, free of any channel. Every kind can be turned into plain text with `toPlainText`. */
export type Reply =
  | {
      readonly kind: 'text';
      readonly text: string;
      readonly asksFor?: SharedValue;
      /** The same as a template, for channels that let the service write first in templates only. */
      readonly template?: TemplateUse;
    }
  | {
      readonly kind: 'choices';
      readonly text: string;
      readonly choices: readonly Choice[];
      readonly links?: readonly Link[];
      readonly asksFor?: SharedValue;
    }
  | {
      readonly kind: 'card';
      readonly title: string;
      readonly text?: string;
      readonly rows: readonly CardRow[];
      readonly choices?: readonly Choice[];
      readonly links?: readonly Link[];
    }
  | { readonly kind: 'image'; readonly url: string; readonly alt: string; readonly text?: string }
  /** A document to keep, for example a form as PDF. `name`: what the customer sees, for example `Mẫu đơn.pdf`. */
  | { readonly kind: 'file'; readonly url: string; readonly name: string; readonly text?: string }
  | ({ readonly kind: 'chart' } & Chart);

/** The same reply for a channel that can only show text: choices become numbered lines. */
export function toPlainText(reply: Reply): string {
  switch (reply.kind) {
    case 'text':
      return reply.text;
    case 'choices':
      return lines(reply.text, numbered(reply.choices), links(reply.links, reply.text));
    case 'card':
      return lines(
        reply.title,
        reply.rows.map((row) => `${row.label}: ${row.value}`).join('\n'),
        reply.text,
        numbered(reply.choices),
        links(reply.links, reply.text),
      );
    case 'image':
      return lines(reply.text, reply.alt);
    case 'file':
      return lines(reply.text, `${reply.name}: ${reply.url}`);
    case 'chart':
      return chartText(reply);
  }
}

/** The same reply with its own words changed; labels and values, which stand for themselves, stay. */
export function mapWords(reply: Reply, change: (words: string) => string): Reply {
  switch (reply.kind) {
    case 'text':
    case 'choices':
      return { ...reply, text: change(reply.text) };
    case 'chart':
      return { ...reply, description: change(reply.description) };
    default:
      return reply.text === undefined ? reply : { ...reply, text: change(reply.text) };
  }
}

function numbered(choices: readonly Choice[] = []): string {
  return choices.map((choice, index) => `${index + 1}. ${choice.label}`).join('\n');
}

/** What the words have said already, as in `Nếu gấp, anh/chị gọi 1900 1006 nhé.`, does not stand below them once more. */
function links(all: readonly Link[] = [], words = ''): string {
  const said = words.toLowerCase();
  return all
    .map(linkLine)
    .filter((line) => !said.includes(line.toLowerCase()))
    .join('\n');
}

/** `Gọi cứu hỏa 114` says its number already. */
function linkLine({ label, href }: Link): string {
  const address = href.replace(/^tel:/, '');
  return label.replaceAll(' ', '').includes(address) ? label : `${label}: ${address}`;
}

function lines(...parts: readonly (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined && part !== '').join('\n');
}
