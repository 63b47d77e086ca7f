import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type DialogState, EMPTY_DIALOG_STATE } from '../../src/dialogs/dialog.ts';
import { type Reply, toPlainText } from '../../src/dialogs/reply.ts';
import type { EffectRequest, RunAction } from '../../src/dialogs/run-action.ts';
import { understandLocation } from '../../src/nlu/shared-location.ts';
import type { Understanding } from '../../src/nlu/understanding.ts';
import { type ActionBench, openActionBench } from '../support/action-bench.ts';
import { loadTrees } from '../support/load-trees.ts';
import { understandingOf } from '../support/understanding-of.ts';

let bench: ActionBench;
beforeAll(() => {
  bench = openActionBench();
});
afterAll(() => bench.close());

const { engine } = loadTrees();
const HERE = understandLocation({ latitude: 10.36543, longitude: 105.4321, name: 'Chợ Bến Lức' });
const PLACE = 'tọa độ 10.36543, 105.43210 (Chợ Bến Lức)';
const context = { conversationId: 'zalo:oa:u', channel: 'zalo', eventKey: 'e', now: 1_000, identities: {} };

/** Plays messages after one another; the tickets are those that were asked for. */
async function play(...messages: readonly Understanding[]) {
  const replies: Reply[] = [];
  const effects: EffectRequest[] = [];
  let state: DialogState = EMPTY_DIALOG_STATE;
  for (const understanding of messages) {
    const step = await engine.advance(state, { understanding }, context, run);
    state = step.state;
    replies.push(...step.replies);
    effects.push(...step.effects);
  }
  const top = state.stack.at(-1);
  const tickets = effects.flatMap((effect) => (effect.kind === 'open_ticket' ? [effect.ticket] : []));
  return { said: replies.map(toPlainText).join('\n'), at: top && `${top.dialog}/${top.node}`, tickets };
}

const run: RunAction = async (name, slots) => {
  if (name === 'find_known_outage') {
    return { outcome: 'none' };
  }
  return bench.run(name, slots);
};
const intent = (name: string, utterance = name) => understandingOf(utterance, { intent: name });
const short = (utterance: string) => understandingOf(utterance);

describe('a shared location', () => {
  test('is the place of the outage that is being reported', async () => {
    const { at, said } = await play(intent('outage_report', 'mất điện rồi'), short('không'), HERE);
    expect(at).toBe('outage-report/scope');
    expect(said).not.toContain('Mình chưa');
  });

  test('stands in the ticket', async () => {
    const { tickets } = await play(
      ...[intent('outage_report', 'mất điện rồi'), short('không'), HERE, short('cả khu vực')],
      ...[short('vừa mới mất'), short('không có'), short('bỏ qua')],
    );
    expect(tickets).toMatchObject([{ kind: 'outage', place: PLACE }]);
  });

  test('before the question for it is kept until it is asked', async () => {
    const { at } = await play(intent('outage_report', 'mất điện rồi'), HERE, short('không'));
    expect(at).toBe('outage-report/scope');
  });

  test('is the place of the danger', async () => {
    const danger = understandingOf('dây điện đứt', { intent: 'safety_emergency', emergency: true });
    const { tickets } = await play(danger, HERE, short('không có ai'));
    expect(tickets).toMatchObject([{ kind: 'emergency', place: PLACE }]);
  });

  test('out of the blue is asked about, and goes along to what it is about', async () => {
    const asked = await play(HERE);
    expect(asked.at).toBe('location-received/which');
    expect(asked.said).toContain('mình đã nhận địa điểm');
    const outage = await play(HERE, short('đang mất điện'), short('không'));
    expect(outage.at).toBe('outage-report/scope');
    const danger = await play(HERE, short('có dấu hiệu nguy hiểm'), short('không có ai'));
    expect(danger.tickets).toMatchObject([{ kind: 'emergency', place: PLACE }]);
  });

  const REPORT = [intent('outage_report', 'mất điện rồi'), short('không')];

  test('is not taken for the place of a later request, but offered there', async () => {
    const later = await play(HERE, short('đang mất điện'), short('không'), short('thôi'), intent('cancel'), ...REPORT);
    expect(later.at).toBe('outage-report/ask_where');
    expect(later.said.trimEnd()).toMatch(/1\. Vị trí đã gửi$/);
  });

  test('is the place of a later request when the customer says so', async () => {
    const answers = [short('cả khu vực'), short('vừa mới mất'), short('không có'), short('bỏ qua')];
    const { tickets } = await play(HERE, intent('cancel'), ...REPORT, short('vị trí đã gửi'), ...answers);
    expect(tickets).toMatchObject([{ kind: 'outage', place: PLACE }]);
  });

  test('in the middle of something that has no use for it comes before it, and that is gone on with', async () => {
    const { at } = await play(intent('bill_lookup', 'xem hóa đơn'), HERE);
    expect(at).toBe('location-received/which');
  });
});
