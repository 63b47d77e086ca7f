import { figure, money } from '../../dialogs/figures.ts';
import type { Tariffs } from '../../tariffs/tariff.ts';
import { dayWords } from './spoken-figures.ts';

/** How tenants are billed; `undefined` where no price covers the day. */
export function tenantsText({ tenants, households }: Tariffs, today: string): string | undefined {
  const row = households.findLast(({ from }) => from <= today);
  const price = row?.prices[tenants.singlePriceTier - 1];
  if (row === undefined || price === undefined) {
    return undefined;
  }
  const people = tenants.peoplePerHousehold;
  return [
    `Theo ${tenants.basis} (từ ${dayWords(tenants.from)}), điện cho người thuê trọ tính như sau:`,
    `• Khai báo đủ số người: ${people} người bằng 1 hộ, mỗi người được 1/${people} định mức các bậc; gia đình thuê trọn nhà tính 1 hộ.`,
    `• Hợp đồng thuê dưới 12 tháng mà chưa khai báo đủ: một giá ${money(price)}/kWh cho mọi kWh (giá bậc ${tenants.singlePriceTier}, Quyết định ${row.decision}, chưa thuế).`,
    '• Thuê từ 12 tháng có đăng ký cư trú: người thuê có thể đứng tên hợp đồng mua điện.',
  ].join('\n');
}

/** What a landlord may charge. */
export function landlordText({ landlord }: Tariffs, today: string): string | undefined {
  if (today < landlord.from) {
    return undefined;
  }
  return [
    'Chủ nhà không được thu tiền điện của người thuê cao hơn số tiền trên hóa đơn của điện lực. Điện dùng chung (hành lang, bơm nước…) phải tính riêng, rõ ràng.',
    `Theo ${landlord.basis} (từ ${dayWords(landlord.from)}), thu cao hơn có thể bị phạt ${figure(landlord.fineFrom / 1e6)}–${figure(landlord.fineTo / 1e6)} triệu đồng và phải trả lại phần thu thừa.`,
    'Anh/chị có thể nhắn số kWh của phòng để mình ước tính giúp.',
  ].join('\n');
}
