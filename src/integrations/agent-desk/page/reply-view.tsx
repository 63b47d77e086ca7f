import type { Choice, Link, Reply } from '../../../dialogs/reply.ts';
import { ChartFigure } from './chart-figure.tsx';
import { safeHref } from './format.ts';

/** What the customer was shown: every kind of reply, its buttons only to look at. */
export function ReplyView({ reply, drawing }: { readonly reply: Reply; readonly drawing: string | undefined }) {
  switch (reply.kind) {
    case 'text':
      return <p>{reply.text}</p>;
    case 'choices':
      return (
        <>
          <p>{reply.text}</p>
          <Buttons choices={reply.choices} links={reply.links} />
        </>
      );
    case 'card':
      return (
        <>
          <p className="card-title">{reply.title}</p>
          <dl className="card-rows">
            {reply.rows.map(({ label, value }) => (
              <div key={label}>
                <dt>{label}</dt>
                <dd>{value}</dd>
              </div>
            ))}
          </dl>
          {reply.text !== undefined && <p>{reply.text}</p>}
          <Buttons choices={reply.choices} links={reply.links} />
        </>
      );
    case 'image':
      return (
        <>
          <img src={safeHref(reply.url)} alt={reply.alt} />
          {reply.text !== undefined && <p>{reply.text}</p>}
        </>
      );
    case 'file':
      return (
        <>
          {reply.text !== undefined && <p>{reply.text}</p>}
          <Buttons choices={undefined} links={[{ label: reply.name, href: reply.url }]} />
        </>
      );
    case 'chart':
      return <ChartFigure chart={reply} drawing={drawing} />;
  }
}

interface ButtonsProps {
  readonly choices: readonly Choice[] | undefined;
  readonly links: readonly Link[] | undefined;
}

function Buttons({ choices = [], links = [] }: ButtonsProps) {
  return choices.length + links.length === 0 ? null : (
    <ul className="offered" aria-label="Nút khách thấy">
      {choices.map(({ value, label }) => (
        <li key={value}>{label}</li>
      ))}
      {links.map(({ href, label }) => (
        <li key={href}>
          <a href={safeHref(href)} target="_blank" rel="noreferrer">
            {label}
          </a>
        </li>
      ))}
    </ul>
  );
}
