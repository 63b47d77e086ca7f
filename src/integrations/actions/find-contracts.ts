import type { Customer } from '../../bot/records.ts';
import type { CreateAction } from './action.ts';

/** The contracts that share the registered phone of a verified customer. */
export const createFindContracts: CreateAction = ({ customers }) => {
  return async ({ customer_code = '' }) => {
    const customer = await customers.customer(customer_code);
    const contracts = customer?.phone === undefined ? [] : await customers.customersByPhone(customer.phone);
    if (contracts.length < 2) {
      return { outcome: 'one' };
    }
    return {
      outcome: 'several',
      slots: { contracts: contracts.map(({ code }) => code).join(' ') },
      replies: [
        {
          kind: 'choices',
          text: `Số điện thoại của anh/chị có ${contracts.length} hợp đồng:`,
          choices: contracts.map((contract) => ({ label: labelOf(contract), value: contract.code })),
        },
      ],
      provenance: contracts.map(({ code, version }) => ({ record: 'customer', id: code, version, asOf: version })),
    };
  };
};

function labelOf({ code, address }: Customer): string {
  return `${code} – ${address.split(',')[0]}`;
}
