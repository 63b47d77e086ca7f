import { createHash } from 'node:crypto';
import { type Chart, chartCaption } from '../../../dialogs/chart.ts';
import { type Choice, type Link, type Reply, toPlainText } from '../../../dialogs/reply.ts';
import { lengthOf, splitText } from '../split-text.ts';
import type { ZaloSettings } from './settings.ts';
import type { ButtonMeaning } from './store.ts';

/** A button as Zalo wants it. */
export interface ZaloButton {
  readonly title: string;
  readonly type: 'oa.query.hide' | 'oa.open.phone' | 'oa.open.url';
  readonly payload: string | { readonly phone_code: string } | { readonly url: string };
}

/** What goes out in one call. */
export type ZaloPart =
  | { readonly kind: 'text'; readonly text: string; readonly buttons: readonly ZaloButton[] }
  /** `url`: by what its upload is remembered. `chart`: we paint it ourselves. */
  | { readonly kind: 'image'; readonly url: string; readonly chart?: Chart; readonly text: string }
  | { readonly kind: 'file'; readonly url: string; readonly name: string; readonly text: '' }
  /** A card on which the customer may share his phone. The question stands without it: it is tried once. */
  | {
      readonly kind: 'user_info';
      readonly title: string;
      readonly subtitle: string;
      readonly picture: string;
      readonly text: '';
    };

export interface Rendered {
  readonly parts: readonly ZaloPart[];
  /** By payload: what each button stands for. */
  readonly meanings: ReadonlyMap<string, ButtonMeaning>;
}

type RenderSettings = Pick<
  ZaloSettings,
  | 'mostButtons'
  | 'longestButtonTitle'
  | 'longestText'
  | 'payloadPrefix'
  | 'userInfoPicture'
  | 'userInfoTitle'
  | 'userInfoSubtitle'
>;

/** A reply in Zalo's form: plain text in parts that fit, with the buttons under the last one, or a picture. */
export function render(reply: Reply, seq: number, settings: RenderSettings): Rendered {
  if (reply.kind === 'image' || reply.kind === 'chart') {
    return renderImage(reply, settings);
  }
  if (reply.kind === 'file') {
    const { url, name, text = '' } = reply;
    const file = { kind: 'file' as const, url, name, text: '' as const };
    return { parts: [...textParts(text, [], settings), file], meanings: new Map() };
  }
  if (reply.kind === 'text') {
    return { parts: [...textParts(reply.text, [], settings), ...cardFor(reply, settings)], meanings: new Map() };
  }
  const choices = reply.choices ?? [];
  const payloads = choices.map((_, index) => `${settings.payloadPrefix}${seq}.${index + 1}`);
  const all = [
    ...choices.map((choice, index) => choiceButton(choice, payloads[index] ?? '')),
    ...(reply.links ?? []).map(linkButton),
  ].filter((button) => button !== undefined);
  const buttons = all.slice(0, settings.mostButtons).map((button) => shorten(button, settings));
  const wholeLabels = all.every(({ title }) => lengthOf(title) <= settings.longestButtonTitle);
  const isAllOnButtons = wholeLabels && buttons.length === choices.length + (reply.links?.length ?? 0);
  // What does not fit on buttons is written out, so that the customer can type its number or words.
  const text = toPlainText(isAllOnButtons ? { ...reply, choices: [], links: [] } : reply);
  const meanings = choices.map(({ value, label }, index) => [payloads[index] ?? '', { value, label }] as const);
  return { parts: [...textParts(text, buttons, settings), ...cardFor(reply, settings)], meanings: new Map(meanings) };
}

function cardFor(reply: Reply, settings: RenderSettings): readonly ZaloPart[] {
  const { userInfoPicture: picture, userInfoTitle: title, userInfoSubtitle: subtitle } = settings;
  const isWanted = 'asksFor' in reply && reply.asksFor === 'phone' && picture !== undefined;
  return isWanted ? [{ kind: 'user_info', title, subtitle, picture, text: '' }] : [];
}

function renderImage(reply: Extract<Reply, { kind: 'image' | 'chart' }>, settings: RenderSettings): Rendered {
  const words = reply.kind === 'chart' ? chartCaption(reply) : toPlainText(reply);
  const [caption = '', ...more] = splitText(words, settings.longestText);
  const source = reply.kind === 'image' ? { url: reply.url } : { url: keyOf(reply), chart: reply };
  const image = { kind: 'image' as const, ...source, text: caption };
  return { parts: [image, ...more.map((text) => ({ kind: 'text' as const, text, buttons: [] }))], meanings: new Map() };
}

/** The same chart is uploaded once; nobody reads its figures from the key. */
function keyOf(chart: Chart): string {
  return `chart:${createHash('sha256').update(JSON.stringify(chart)).digest('base64url')}`;
}

/** A text in parts that fit; the buttons stand under the last one. */
export function textParts(
  text: string,
  buttons: readonly ZaloButton[],
  { longestText }: Pick<RenderSettings, 'longestText'>,
): readonly ZaloPart[] {
  const texts = splitText(text, longestText);
  return texts.map((part, index) => ({
    kind: 'text',
    text: part,
    buttons: index === texts.length - 1 ? buttons : [],
  }));
}

function choiceButton({ label }: Choice, payload: string): ZaloButton {
  return { title: label.normalize('NFC'), type: 'oa.query.hide', payload };
}

function linkButton({ label, href }: Link): ZaloButton | undefined {
  const title = label.normalize('NFC');
  if (href.startsWith('tel:')) {
    return { title, type: 'oa.open.phone', payload: { phone_code: phoneCode(href.slice('tel:'.length)) } };
  }
  return /^https?:/.test(href) ? { title, type: 'oa.open.url', payload: { url: href } } : undefined;
}

/** Numbers of subscribers with the code of the country; hotlines (1900…, 112…) as they are. */
function phoneCode(number: string): string {
  return number.replace(/[^\d]/g, '').replace(/^0/, '84');
}

function shorten(button: ZaloButton, { longestButtonTitle }: RenderSettings): ZaloButton {
  return lengthOf(button.title) <= longestButtonTitle
    ? button
    : {
        ...button,
        title: `${[...button.title]
          .slice(0, longestButtonTitle - 1)
          .join('')
          .trimEnd()}…`,
      };
}
