import { type Action, needSlot } from './action.ts';

/** Whether the contract is connected, as the utility's records say. */
export const findConnection: Action = async (slots, _context, { customers }) => {
  const customer = await customers.customer(needSlot(slots, 'customer_code'));
  if (customer === undefined) {
    return { outcome: 'unknown' };
  }
  const { code, connection, version } = customer;
  return {
    outcome: connection === 'ended' ? 'disconnected' : connection,
    provenance: [{ record: 'customer', id: code, version, asOf: version.replace(/^import-/, '') }],
  };
};
