import type { DialogState } from '../../../src/dialogs/dialog.ts';
import type { AdvanceInput } from '../../../src/dialogs/dialog-engine.ts';
import { visibleChoices } from '../../../src/dialogs/match-choice.ts';
import type { Entity, EntityType } from '../../../src/nlu/understanding.ts';
import { loadTrees } from '../../support/load-trees.ts';
import { understandingOf } from '../../support/understanding-of.ts';
import type { Pick } from './random-pick.ts';

const { dialogs } = loadTrees();
const CODES = ['PB06010001234', 'PB06010005678'];
const INTENTS = [...new Set(dialogs.flatMap((dialog) => dialog.startsOn)), 'cancel', 'unserved_intent'];
const SAYINGS = [
  'có',
  'không',
  '1',
  'cái cuối',
  'nhắc lại',
  'trợ giúp',
  'thôi',
  '?',
  'ấp 3 gần chùa',
  'bla bla bla',
  '',
];
const VALUES: readonly (readonly [EntityType, readonly string[]])[] = [
  ['customer_code', CODES],
  ['unit_code', ['PB0606', 'PE0401']],
  ['otp', ['123456', '654321']],
  ['billing_period', ['2026-06', '2026-07/2026-09']],
  ['place', ['Bến Lức / Tây Ninh', 'Tân Thành']],
  ['phone', ['0912345678']],
  ['email', ['lan@example.vn', 'hoa.tran@example.com']],
  ['date', ['2026-11-23']],
  ['time', ['19:00']],
  ['kwh', ['320', '0']],
  ['money', ['1000000']],
  ['meter_index', ['4521']],
];

function entityOf(pick: Pick): Entity {
  const [type, values] = pick(VALUES);
  const value = pick(values);
  const isWrong = type === 'customer_code' && pick([true, false, false, false]);
  return {
    type,
    text: value,
    value,
    start: 0,
    end: value.length,
    confidence: 1,
    ...(isWrong && { problem: 'length' }),
  };
}

/** What a customer may write or tap where the talk stands. */
export function inputOf(pick: Pick, state: DialogState): AdvanceInput {
  const entities = pick([0, 0, 1, 2]) === 0 ? [] : [entityOf(pick), entityOf(pick)].slice(0, pick([1, 2]));
  const shown = visibleChoices(state.lastReplies);
  switch (pick(['tap', 'tap', 'intent', 'say', 'say', 'value', 'value', 'clarify', 'danger'])) {
    case 'tap':
      return { understanding: understandingOf(''), choice: pick([...shown.map((each) => each.value), 'old/button/x']) };
    case 'intent':
      return { understanding: understandingOf('một câu dài hơn', { intent: pick(INTENTS), entities }) };
    case 'clarify': {
      const alternatives = [pick(INTENTS), pick(INTENTS)].map((intent) => ({ intent, confidence: 0.4 }));
      return { understanding: understandingOf('chuyện gì đó', { decision: 'clarify', alternatives, entities }) };
    }
    case 'danger':
      return {
        understanding: understandingOf('dây điện đứt', { intent: 'safety_emergency', emergency: true, entities }),
      };
    case 'value':
      return { understanding: understandingOf(`${pick(['', 'à nhầm '])}giá trị`, { entities: [entityOf(pick)] }) };
    default:
      return { understanding: understandingOf(pick(SAYINGS), { entities }) };
  }
}
