import { type Dialog, type DialogNode, exitsOf, type Target } from '../dialog.ts';

const LONGEST_LABEL = 60;

/** One dialog as a mermaid flow chart in a Markdown page. */
export function drawDialog(dialog: Dialog): string {
  const nodes = Object.entries(dialog.nodes);
  const outside = new Set<Target>();
  const arrows = nodes.flatMap(([name, node]) =>
    exitsOf(node).map(({ name: exit, target }) => {
      const isInside = dialog.nodes[target] !== undefined;
      if (!isInside) {
        outside.add(target);
      }
      return `  ${name} -->|${quoted(exitLabel(node, exit))}| ${isInside ? target : outsideId(target)}`;
    }),
  );
  return [
    `# ${dialog.id}: ${dialog.title}`,
    '',
    `Drawn from \`src/dialogs/trees/${dialog.id}.dialog.yaml\` by \`npm run draw\`; do not edit.`,
    ...(dialog.startsOn.length > 0
      ? ['', `Starts on: ${dialog.startsOn.map((intent) => `\`${intent}\``).join(', ')}.`]
      : []),
    ...(dialog.startsOnWords.length > 0
      ? ['', `Starts on these words, where nothing else is understood: ${dialog.startsOnWords.join(', ')}.`]
      : []),
    '',
    '```mermaid',
    'flowchart TD',
    `  start_((${quoted('start')})) --> ${dialog.first}`,
    ...nodes.map(([name, node]) => `  ${name}${shape(name, node)}`),
    ...[...outside].sort().map((target) => `  ${outsideId(target)}([${quoted(target)}])`),
    ...arrows,
    '```',
    '',
  ].join('\n');
}

function shape(name: string, node: DialogNode): string {
  switch (node.kind) {
    case 'say':
      return `[${quoted(`${name}<br/>${shortened(node.say[0] ?? '')}`)}]`;
    case 'ask':
      return `[/${quoted(`${name}<br/>${node.slots.join(' | ')}?`)}/]`;
    case 'choose':
      return `{${quoted(name)}}`;
    case 'do':
      return `[[${quoted(`${name}<br/>${node.does}`)}]]`;
  }
}

function exitLabel(node: DialogNode, exit: string): string {
  const choices = node.kind === 'ask' || node.kind === 'choose' ? node.choices : [];
  return choices.find((choice) => `choice ${choice.key}` === exit)?.label ?? exit;
}

function outsideId(target: Target): string {
  return `to_${target.replaceAll(/[^a-z0-9]/g, '_')}`;
}

function shortened(text: string): string {
  const line = text.split('\n')[0] ?? '';
  return line.length <= LONGEST_LABEL ? line : `${line.slice(0, LONGEST_LABEL - 1).trimEnd()}…`;
}

/** Mermaid reads entities inside quotes, and nothing else that could end the label. */
function quoted(text: string): string {
  return `"${text.replaceAll('"', '#quot;').replaceAll('{', '#123;').replaceAll('}', '#125;')}"`;
}
