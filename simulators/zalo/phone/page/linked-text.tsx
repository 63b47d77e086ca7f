/** @jsxImportSource preact */

const ADDRESS = /(https?:\/\/[^\s]+[^\s.,;:!?)])/;

/** Plain text, its web addresses made links. */
export function LinkedText({ text }: { text: string }) {
  return (
    <>
      {text.split(ADDRESS).map((part, index) =>
        index % 2 === 1 ? (
          <a key={part} href={part} target="_blank" rel="noreferrer">
            {part}
          </a>
        ) : (
          part
        ),
      )}
    </>
  );
}
