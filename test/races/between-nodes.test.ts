import { describe, expect, jest, test } from '@jest/globals';
import { loadDeskRules } from '../../src/integrations/agent-desk/load-desk-rules.ts';
import { ON_ANY_SCREEN, RACE_TEST_MS, useRaceStage } from '../support/race-stage.ts';
import { eventually } from '../support/zalo-stage.ts';

jest.setTimeout(RACE_TEST_MS);
/** A little longer than a customer waits before he is told that nobody has come yet. */
const WAIT_MS = 185_000;

describe('between two nodes', () => {
  const stage = useRaceStage({ nodes: 2, env: () => ({ ASSIGNMENT: 'automatic' }) });
  const { one, two } = stage;

  test('two agents who claim one conversation at once: one has it, the other learns who', async () => {
    const customer = await stage.waitingCustomer();
    const [lan, minh] = [
      await stage.newAgent({ name: 'Chị Lan' }),
      await stage.newAgent({ name: 'Anh Minh', at: two }),
    ];
    // Lan's claim has read that the conversation waits; Minh's is committed before hers goes on.
    const { struck } = await one().strikeBefore('commit_turn', 'SIGSTOP');
    const slower = lan.tryAct('claim', customer.id);
    await struck;
    await minh.act('claim', customer.id);
    await one().goOn();
    expect(await slower).toMatchObject({ status: 409, body: { code: 'held_by_other' } });
    expect((await slower).body.message).toContain('Anh Minh');
    expect((await minh.conversation(customer.id)).state).toMatchObject({ holder: 'agent', agentName: 'Anh Minh' });
    await minh.act('say', customer.id, { ...ON_ANY_SCREEN, text: 'Em chào chị ạ' });
    await customer.sees(/Em chào chị/);
    expect((await customer.lines()).filter((line) => line.startsWith('system:'))).toHaveLength(1);
  });

  test('an agent whose claims come in on both nodes holds no more than the cap', async () => {
    const { agentCap } = loadDeskRules();
    const lan = await stage.newAgent();
    const customers = [];
    for (let number = 0; number < agentCap + 2; number += 1) {
      customers.push(await stage.waitingCustomer());
    }
    const [atOne, atTwo] = [lan, lan.at(() => two().address)];
    const answers = await Promise.all(
      customers.map(({ id }, index) => (index % 2 === 0 ? atOne : atTwo).tryAct('claim', id)),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(agentCap);
    expect(answers.flatMap(({ body }) => body.code ?? [])).toEqual(['at_cap', 'at_cap']);
  });

  test('the first two messages of a conversation at once make one conversation with both', async () => {
    const customer = await stage.newCustomer();
    const { struck } = await one().strikeBefore('commit_arrival', 'SIGSTOP');
    const first = customer.post('a', 'chào em');
    await struck;
    expect(await customer.at(() => two().address).post('b', 'cảm ơn em')).toBe(200);
    await one().goOn();
    expect(await first).toBe(200);
    const turns = await stage.turns(customer.id);
    expect(turns.map(({ version }) => version)).toEqual([1, 2]);
    const said = turns.flatMap(({ messages }) => messages).flatMap(({ content }) => content?.text ?? []);
    expect(said).toEqual(['cảm ơn em', 'chào em']);
  });

  test('a message whose version another node has taken is kept, and answered once', async () => {
    const customer = await stage.newCustomer();
    await customer.say('a', 'chào em');
    await customer.sees(/^bot:/);
    const { struck } = await one().strikeBefore('commit_arrival', 'SIGSTOP');
    const loser = customer.post('b', 'bạn là ai');
    await struck;
    expect(await customer.at(() => two().address).post('c', 'cảm ơn em')).toBe(200);
    await one().goOn();
    expect(await loser).toBe(200);
    await customer.waitFor((seen) => seen.filter(({ from }) => from === 'bot').length === 3, 'three answers');
    const heard = (await stage.turns(customer.id)).map(({ messages }) => messages[0]?.content?.text);
    expect(heard).toEqual(['chào em', 'cảm ơn em', 'bạn là ai']);
  });

  test('a webhook that is delivered to both nodes at once is one message with one answer', async () => {
    const { zalo } = stage;
    const { id } = zalo.control.createUser();
    const { struck } = await one().strikeBefore('commit_arrival', 'SIGSTOP');
    zalo.control.say(id, 'chào em');
    await struck;
    const event = zalo.control.world().deliveries.at(-1);
    const again = await fetch(zalo.webhookUrl.replace(one().address, two().address), {
      method: 'POST',
      headers: { ...event?.headers },
      body: event?.body ?? '',
    });
    expect(again.status).toBe(200);
    const shown = () => zalo.control.transcript(id).filter(({ author }) => author === 'api');
    await eventually(() => shown().length > 0);
    await one().goOn();
    // The next message is answered after everything that the first one may still have caused.
    zalo.control.say(id, 'cảm ơn em');
    await eventually(() => shown().some(({ text = '' }) => /cảm ơn|không có gì/i.test(text)));
    const heard = (await zalo.messages(id)).filter(({ author }) => author === 'customer');
    expect(heard.map(({ content }) => content?.text)).toEqual(['chào em', 'cảm ơn em']);
    expect(shown()).toHaveLength(2);
  });

  test('a conversation that both nodes hand out at once is handed out once', async () => {
    const customer = await stage.newCustomer();
    const strikes = [
      await one().strikeBefore('commit_turn', 'SIGSTOP'),
      await two().strikeBefore('commit_turn', 'SIGSTOP'),
    ];
    const lan = await stage.newAgent({ isAvailable: true });
    await customer.say('a', 'cho gặp nhân viên');
    // Both have read that it waits, and that this agent has room.
    await Promise.all(strikes.map(({ struck }) => struck));
    await Promise.all([one().goOn(), two().goOn()]);
    await customer.sees(/^system:/);
    await stage.rest(lan);
    await lan.act('close', customer.id, { wrapUp: 'answered', ...ON_ANY_SCREEN });
    const acts = (await stage.turns(customer.id)).flatMap(({ act }) => act ?? []);
    expect(acts).toEqual(['assign', 'close']);
  });

  test('a timer that fires while an agent claims tells nobody to wait who has been joined', async () => {
    const aheadMs = stage.zalo.now() - Date.now();
    // All timers of earlier tests fire, and the agent is there for long, before it is the turn of this one.
    await one().setAhead(aheadMs + 2 * WAIT_MS);
    const lan = await stage.newAgent();
    await eventually(async () => (await stage.timersDue(stage.zalo.now() + 2 * WAIT_MS)) === 0);
    await one().setAhead(aheadMs);
    const customer = await stage.waitingCustomer();
    // Only the first node thinks that the customer has waited long; its turn has read that he still waits.
    const { struck } = await one().strikeBefore('commit_arrival', 'SIGSTOP');
    await one().setAhead(aheadMs + WAIT_MS);
    await struck;
    await lan.at(() => two().address).act('claim', customer.id);
    await one().goOn();
    await one().setAhead(aheadMs);
    await eventually(async () => (await stage.turns(customer.id)).length === 3);
    await customer.say('b', 'dạ');
    const lines = await customer.lines();
    const joined = lines.findIndex((line) => line.startsWith('system:'));
    expect(lines.slice(joined + 1)).toEqual(['customer: dạ']);
  });

  test('an agent who takes over while the bot still works out its answer is not talked over', async () => {
    const customer = await stage.newCustomer();
    await customer.say('a', 'chào em');
    await customer.sees(/^bot:/);
    const lan = await stage.newAgent({ at: two });
    const { struck } = await one().strikeBefore('commit_arrival', 'SIGSTOP');
    const asked = customer.post('b', 'số điện thoại tổng đài là gì');
    await struck;
    await lan.act('claim', customer.id);
    await one().goOn();
    expect(await asked).toBe(200);
    await lan.act('say', customer.id, { text: 'Em đây ạ', ...ON_ANY_SCREEN });
    await customer.sees(/Em đây ạ/);
    const lines = await customer.lines();
    const joined = lines.findIndex((line) => line.startsWith('system:'));
    expect(lines.slice(joined + 1)).toEqual(['customer: số điện thoại tổng đài là gì', 'agent: Em đây ạ']);
  });
});
