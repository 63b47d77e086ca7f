import { type AddressInfo, createServer, type Socket } from 'node:net';
import { SMTPServer } from 'smtp-server';

/** How the next letter is taken; all is well when there is nothing. */
export type MailAnswer = 'busy' | 'no_such_box' | 'login_refused' | 'hang' | 'drop';

export interface Letter {
  /** When it came, by the clock that was given. */
  readonly at: number;
  readonly to: readonly string[];
  readonly headers: string;
  /** Decoded. */
  readonly text: string;
  /** What comes with it. */
  readonly files: readonly { readonly headers: string; readonly bytes: Buffer }[];
}

export interface LocalMailServer {
  /** With a user and a password. */
  readonly url: string;
  readonly letters: Letter[];
  next(answer: MailAnswer): void;
  stop(): Promise<void>;
}

/** A real SMTP server on this machine, which keeps the letters that it takes. */
export async function startMailServer(now = Date.now): Promise<LocalMailServer> {
  const letters: Letter[] = [];
  let planned: MailAnswer | undefined;
  const fails = (answer: MailAnswer) => {
    const isNow = planned === answer;
    planned = isNow ? undefined : planned;
    return isNow;
  };
  const refusal = (responseCode: number, words: string) => Object.assign(new Error(words), { responseCode });
  const server = new SMTPServer({
    disabledCommands: ['STARTTLS'],
    allowInsecureAuth: true,
    onAuth({ username, password }, _session, done) {
      const isRight = username === 'bot@dienluc.example' && password === 'p@ss';
      done(fails('login_refused') || !isRight ? refusal(535, 'Wrong') : null, isRight ? { user: username } : {});
    },
    onMailFrom: (_address, _session, done) => done(fails('busy') ? refusal(451, 'Come back later') : null),
    onRcptTo: (_address, _session, done) => done(fails('no_such_box') ? refusal(550, 'No such box') : null),
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        if (fails('hang')) {
          return;
        }
        if (fails('drop')) {
          for (const connection of server.connections as Iterable<{ close(): void }>) {
            connection.close();
          }
          return;
        }
        const [first, ...files] = partsOf(Buffer.concat(chunks).toString('utf8'));
        const [headers, text] = [first?.headers ?? '', first?.bytes.toString('utf8') ?? ''];
        const to = session.envelope.rcptTo.map(({ address }) => address);
        letters.push({ at: now(), to, headers, text, files });
        done(null);
      });
    },
  });
  server.on('error', () => {});
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.server.address() as AddressInfo;
  return {
    url: `smtp://${encodeURIComponent('bot@dienluc.example')}:${encodeURIComponent('p@ss')}@127.0.0.1:${port}`,
    letters,
    next(answer) {
      planned = answer;
    },
    stop: () => new Promise((resolve) => server.close(resolve)),
  };
}

/** Takes connections and never says a word. */
export async function startMuteServer(): Promise<Pick<LocalMailServer, 'url' | 'stop'>> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => void sockets.add(socket.on('error', () => {})));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async stop() {
      for (const socket of sockets) {
        socket.destroy();
      }
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** The parts of a letter, decoded; the first one has the headers of the letter. */
function partsOf(raw: string): { readonly headers: string; readonly bytes: Buffer }[] {
  const [headers = '', ...rest] = raw.split('\r\n\r\n');
  const body = rest.join('\r\n\r\n');
  const boundary = /boundary="([^"]+)"/.exec(headers)?.[1];
  const parts = boundary === undefined ? [`\r\n\r\n${body}`] : body.split(`--${boundary}`).slice(1, -1);
  return parts.map((part, index) => {
    const [own = '', ...content] = part.split('\r\n\r\n');
    return { headers: index === 0 ? headers : own, bytes: Buffer.from(content.join(''), 'base64') };
  });
}
