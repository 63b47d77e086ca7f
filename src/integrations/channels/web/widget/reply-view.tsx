/** @jsxImportSource preact */
import type { ComponentChildren } from 'preact';
import type { Choice, Link, Reply } from '../../../../dialogs/reply.ts';
import { ChartView } from './chart-view.tsx';

interface ReplyViewProps {
  readonly reply: Reply;
  /** The SVG of a chart. */
  readonly drawing: string | undefined;
  /** False for what has been answered: its buttons are gone, its links stay. */
  readonly canChoose: boolean;
  readonly onChoose: (choice: Choice) => void;
}

/** One reply, drawn as what it is. */
export function ReplyView({ reply, drawing, canChoose, onChoose }: ReplyViewProps) {
  switch (reply.kind) {
    case 'text':
      return (
        <p class="bubble">
          <RichText text={reply.text} />
        </p>
      );
    case 'choices':
      return (
        <>
          <p class="bubble">
            <RichText text={reply.text} />
          </p>
          <Buttons choices={reply.choices} links={reply.links} canChoose={canChoose} onChoose={onChoose} />
        </>
      );
    case 'card':
      return (
        <>
          <div class="bubble card">
            <h3>{reply.title}</h3>
            <dl>
              {reply.rows.map(({ label, value }) => (
                <div key={label}>
                  <dt>{label}</dt>
                  <dd>{withUnits(value)}</dd>
                </div>
              ))}
            </dl>
            {reply.text !== undefined && (
              <p>
                <RichText text={reply.text} />
              </p>
            )}
          </div>
          <Buttons choices={reply.choices} links={reply.links} canChoose={canChoose} onChoose={onChoose} />
        </>
      );
    case 'image':
      return (
        <figure class="bubble image">
          {isSafe(reply.url) ? <img src={reply.url} alt={reply.alt} /> : <p>{reply.alt}</p>}
          {reply.text !== undefined && (
            <figcaption>
              <RichText text={reply.text} />
            </figcaption>
          )}
        </figure>
      );
    case 'file':
      return (
        <>
          {reply.text !== undefined && (
            <p class="bubble">
              <RichText text={reply.text} />
            </p>
          )}
          <Buttons links={[{ label: reply.name, href: reply.url }]} canChoose={canChoose} onChoose={onChoose} />
        </>
      );
    case 'chart':
      return <ChartView chart={reply} drawing={drawing} />;
  }
}

interface ButtonsProps {
  readonly choices?: readonly Choice[] | undefined;
  readonly links?: readonly Link[] | undefined;
  readonly canChoose: boolean;
  readonly onChoose: (choice: Choice) => void;
}

function Buttons({ choices = [], links = [], canChoose, onChoose }: ButtonsProps) {
  const safeLinks = links.filter(({ href }) => isSafe(href));
  const open = canChoose ? choices : [];
  if (open.length + safeLinks.length === 0) {
    return null;
  }
  return (
    <div class="buttons">
      {safeLinks.map(({ label, href }) => (
        <a key={href} class="button link" href={href} {...(href.startsWith('tel:') ? {} : ELSEWHERE)}>
          {href.startsWith('tel:') && <PhoneIcon />}
          {label}
        </a>
      ))}
      {open.map((choice) => (
        <button key={choice.value} type="button" class="button" onClick={() => onChoose(choice)}>
          {choice.label}
        </button>
      ))}
    </div>
  );
}

const ELSEWHERE = { target: '_blank', rel: 'noopener noreferrer' } as const;

// Nothing that runs code: a reply may carry words from outside.
function isSafe(url: string): boolean {
  return /^(?:https?:|tel:|mailto:|\/(?!\/))/i.test(url);
}

/** A figure keeps its unit on the line: "238.000 đ". */
function withUnits(text: string): string {
  return text.replace(/(\d) (?=(?:đ|kWh|kV|kW)(?![\p{L}\d]))/gu, '$1\u00a0');
}

function RichText({ text }: { text: string }): ComponentChildren {
  return withUnits(text)
    .split(/(https?:\/\/[^\s<>"]+[^\s<>".,;:!?)])/)
    .map((part, index) =>
      index % 2 === 1 ? (
        <a key={part} href={part} {...ELSEWHERE}>
          {part}
        </a>
      ) : (
        part
      ),
    );
}

function PhoneIcon() {
  return (
    <svg viewBox="0 0 24 24" aria-hidden="true">
      <path d="M6.6 10.8a15 15 0 0 0 6.6 6.6l2.2-2.2a1 1 0 0 1 1-.25 11 11 0 0 0 3.6.58 1 1 0 0 1 1 1V20a1 1 0 0 1-1 1A17 17 0 0 1 3 4a1 1 0 0 1 1-1h3.5a1 1 0 0 1 1 1c0 1.25.2 2.45.57 3.57a1 1 0 0 1-.24 1z" />
    </svg>
  );
}
