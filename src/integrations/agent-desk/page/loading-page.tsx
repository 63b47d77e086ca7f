interface LoadingProps {
  /** What is being read, as a phrase that begins with "Đang tải". */
  readonly words: string;
  /** It could not be read so far. */
  readonly hasFailed?: boolean;
}

/** What stands in the place of a page until its first answer is there. */
export function LoadingPage({ words, hasFailed = false }: LoadingProps) {
  return (
    <main className="place-page" aria-busy="true" aria-label={words}>
      <p className="quiet loading-words">{hasFailed ? 'Máy chủ chưa trả lời, đang thử lại…' : `${words}…`}</p>
    </main>
  );
}
