import { createHash } from 'node:crypto';
import { createTransport } from 'nodemailer';
import type { OutgoingMessage, SendOutcome } from '../../../bot/channel-adapter.ts';
import { parseConversationId } from '../../../bot/conversation.ts';
import { type Reply, toPlainText } from '../../../dialogs/reply.ts';
import type { Channel, ChannelParts } from '../channel.ts';
import { conversationByAddress } from '../conversation-by-address.ts';
import { outcomeOf } from './errors.ts';
import { CHANNEL, optOutUrl, registerOptOut } from './opt-out-routes.ts';

export interface EmailChannelDeps
  extends Pick<ChannelParts, 'addresses' | 'optOuts' | 'log' | 'publicUrl' | 'ownFiles'> {
  readonly smtpUrl: string;
  readonly from: { readonly name: string; readonly address: string };
  readonly requiresTls: boolean;
  /** For each step of the talk with the mail server, ms. */
  readonly timeoutMs: number;
}

const SMTPS_PORT = 465;
const SUBMISSION_PORT = 587;
const SUBJECT = 'Thông báo từ điện lực';
const AUTOMATIC = 'Thư tự động, vui lòng không trả lời thư này.';

/** Notices by e-mail through the utility's own mail server. Outward only: nobody reads what customers answer. */
export function createEmailChannel(deps: EmailChannelDeps): Channel {
  const { addresses, optOuts, from, timeoutMs } = deps;
  const { hostname: host, port, protocol, username, password } = new URL(deps.smtpUrl);
  const isSecure = protocol === 'smtps:';
  const transport = createTransport({
    host,
    port: Number(port || (isSecure ? SMTPS_PORT : SUBMISSION_PORT)),
    secure: isSecure,
    ...(username !== '' && { auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) } }),
    requireTLS: deps.requiresTls,
    ignoreTLS: !deps.requiresTls,
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    // Longer, so that silence before the greeting is told from silence after the letter.
    socketTimeout: 2 * timeoutMs,
    // What we send is ours: no reading of files and addresses that a text may name.
    disableFileAccess: true,
    disableUrlAccess: true,
  });

  async function send({ message, idempotencyKey }: OutgoingMessage): Promise<SendOutcome> {
    const { conversationId, reply } = message;
    const sealed = parseConversationId(conversationId).customer;
    const to = addresses.open(CHANNEL, sealed);
    if (to === undefined) {
      return { result: 'refused', reason: 'address_unreadable' };
    }
    if (reply === undefined) {
      return { result: 'refused', reason: 'nothing_to_say' };
    }
    // He may have said no after the notice was written.
    if (await optOuts.has(conversationId)) {
      return { result: 'refused', reason: 'opted_out' };
    }
    const unsubscribe = optOutUrl(deps.publicUrl, sealed);
    const attachment = await attachmentOf(reply);
    try {
      const sent = await transport.sendMail({
        ...{ from, to: { name: '', address: to }, subject: subjectOf(reply) },
        text: [
          wordsOf(reply, attachment !== undefined),
          '--',
          AUTOMATIC,
          `Không muốn nhận thư nữa: ${unsubscribe}`,
        ].join('\n'),
        textEncoding: 'base64',
        ...(attachment !== undefined && { attachments: [attachment] }),
        // The same for every try: a mail server that has it already may drop the second one.
        messageId: messageId(idempotencyKey, from.address),
        headers: {
          'Auto-Submitted': 'auto-generated',
          'List-Unsubscribe': `<${unsubscribe}>`,
          'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
        },
      });
      return { result: 'accepted', channelMessageId: sent.messageId };
    } catch (error) {
      const outcome = outcomeOf(error);
      if (outcome.result === 'wait') {
        deps.log.error({ reason: outcome.reason }, 'email: the mail server refuses our log-in: check EMAIL_SMTP_URL.');
      }
      return outcome;
    }
  }

  /** A file of ours goes out whole; of any other one, its address. */
  async function attachmentOf(
    reply: Reply,
  ): Promise<{ filename: string; content: Buffer; contentType: string } | undefined> {
    if (reply.kind !== 'file') {
      return undefined;
    }
    const file = await deps.ownFiles.open(reply.url);
    return file && { filename: reply.name, content: Buffer.from(file.bytes), contentType: file.mime };
  }

  return {
    adapter: {
      ...{ channel: CHANNEL, canRepeat: false, handsOverFiles: true, send },
      conversationWith: (address) => conversationByAddress(addresses, CHANNEL, address),
    },
    register: (app) => registerOptOut(app, deps),
    close: () => transport.close(),
  };
}

function subjectOf(reply: Reply): string {
  switch (reply.kind) {
    case 'card':
      return reply.title;
    case 'file':
      return reply.name.replace(/\.\w+$/, '');
    default:
      return SUBJECT;
  }
}

function wordsOf(reply: Reply, isAttached: boolean): string {
  return reply.kind === 'file' && isAttached
    ? [reply.text, `Tệp đính kèm: ${reply.name}`].filter(Boolean).join('\n')
    : toPlainText(reply);
}

function messageId(key: string, address: string): string {
  const name = createHash('sha256').update(key).digest('base64url');
  return `<${name}@${address.split('@')[1] ?? 'localhost'}>`;
}
