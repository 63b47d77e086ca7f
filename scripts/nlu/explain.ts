import { createExplain } from '../../src/nlu/explain.ts';
import type { Options } from '../nlu.ts';
import { openModel } from './open-model.ts';

/** Shows how an utterance is read and why. */
export function explain(options: Options): void {
  const utterance = options.words.join(' ');
  if (utterance === '') throw new Error('explain needs an utterance: npm run nlu -- explain "tien dien thang nay"');
  const { understanding, reasons } = createExplain(openModel(options))(utterance, { now: options.now });
  const { normalized, intent, confidence, decision, alternatives, entities, emergency, secondIntent } = understanding;
  const lines = [
    `read as    ${normalized}`,
    `intent     ${intent} (${confidence.toFixed(3)}, ${decision})${secondIntent === undefined ? '' : `, then ${secondIntent}`}`,
    `others     ${alternatives.map((score) => `${score.intent} ${score.confidence.toFixed(3)}`).join(', ')}`,
    `emergency  ${emergency}`,
    ...entities.map(
      (entity) =>
        `entity     ${entity.type} "${entity.text}" = ${entity.value}${entity.problem ? ` (${entity.problem})` : ''}`,
    ),
    'what decided, strongest first:',
    ...reasons.map(
      ({ feature, toward, against }) =>
        `  ${toward.toFixed(3).padStart(7)}  ${feature}${against === undefined ? '' : ` (not ${against})`}`,
    ),
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
}
