import type { Dialog } from '../dialog.ts';

/** The page that lists all dialogs: what starts them and what they are for. */
export function drawDialogIndex(dialogs: readonly Dialog[]): string {
  const rows = dialogs.map((dialog) => {
    const starts =
      dialog.startsOn.map((intent) => `\`${intent}\``).join(', ') ||
      (dialog.isNotice ? 'the bot itself' : dialog.startsOnWords.length > 0 ? 'its words' : '–');
    return `| [${dialog.id}](${dialog.id}.md) | ${dialog.title} | ${starts} | ${Object.keys(dialog.nodes).length} |`;
  });
  return [
    '# The dialogs',
    '',
    'Drawn from `src/dialogs/trees` by `scripts/draw-dialogs.ts`; do not edit.',
    '',
    '| Dialog | Title | Started by | Nodes |',
    '| --- | --- | --- | --- |',
    ...rows,
    '',
  ].join('\n');
}
