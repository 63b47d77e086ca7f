import type { Account } from '../../bot/accounts/account.ts';

/**
 * A chain of bakeries in three provinces: one of its shops, that in Cà Mau, has a planned outage ahead (`demo-outages.ts`).
 * The demo has no mail server, so its contacts are told on the phone of the page only, and nobody confirms.
 */
export const DEMO_ORGANISATION: Omit<Account, 'version'> = {
  id: 'KH-DEMO-1',
  name: 'Chuỗi tiệm bánh Bông Lúa',
  kind: 'business',
  sites: [
    { code: 'PB14010011003', name: 'Tiệm Cà Mau' },
    { code: 'PB17010008003', name: 'Tiệm Sóc Trăng' },
    { code: 'PB10010004003', name: 'Tiệm Vĩnh Long' },
  ],
  contacts: [
    { id: '1', name: 'Chị Diễm, quản lý chuỗi', email: 'diem@bonglua.example', phone: '0900000011' },
    { id: '2', name: 'Anh Khang, kỹ thuật', email: 'khang@bonglua.example', phone: '0900000012' },
  ],
};
