import { levelOf } from '../../dialogs/identity.ts';
import { hotlineOf } from '../load-utility.ts';
import { dayOf } from '../local-time.ts';
import type { CreateAction } from './action.ts';
import { checkCustomerCode } from './customer-code.ts';

/** Looks at the code alone: whether such a customer exists is nobody's business yet. */
export const createCheckCustomerCode: CreateAction = ({ utility }) => {
  return async ({ customer_code = '' }, { identities, now }) => {
    const checked = checkCustomerCode(customer_code);
    if ('problem' in checked) {
      return { outcome: 'malformed', slots: { code_problem: checked.problem } };
    }
    const { code } = checked;
    const corporation = utility.corporationOfCode(code, dayOf(now));
    if (corporation !== undefined && corporation.id !== utility.ours.id) {
      return {
        outcome: 'foreign',
        slots: { corporation: corporation.name, corporation_hotline: hotlineOf(corporation).hotline },
      };
    }
    // A code that was verified before stays so.
    const isNew = levelOf(identities, code, now) === 'anonymous';
    return {
      outcome: 'well_formed',
      slots: { customer_code: code },
      ...(isNew && { identities: { [code]: { level: 'code_known', validUntil: now } } }),
    };
  };
};
