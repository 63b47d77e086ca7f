import { escapeHtml } from '../../../escape-html.ts';
import type { DemoCustomer } from '../demo-panel.ts';

/** The hint box and the "phone" of the demo, as HTML for the customer page. */
export function demoSection(customers: readonly DemoCustomer[]): string {
  const rows = customers.map(
    ({ code, note }) =>
      `<li><button type="button" class="demo-code" data-copy="${escapeHtml(code)}">${escapeHtml(code)}</button> <span>${escapeHtml(note)}</span></li>`,
  );
  return `
<section class="demo" aria-labelledby="demo-title">
  <div id="phone-panel"></div>
  <div class="demo-hints">
    <h2 id="demo-title">Bản dùng thử</h2>
    <p>Dữ liệu ở đây là giả lập. Hãy mở khung chat và hỏi, ví dụ <q>coi giùm chị tiền điện tháng rồi</q>, rồi nhập một mã khách hàng:</p>
    <ul class="demo-codes">${rows.join('')}</ul>
    <p class="demo-note">Bấm vào mã để chép. Mã xác thực sẽ hiện ở chiếc điện thoại bên cạnh. Nhân viên trả lời ở <a href="/desk" target="_blank">bàn làm việc</a>. Muốn nhắn qua Zalo? Mở <a href="/phone/zalo" target="_blank">điện thoại Zalo mô phỏng</a>.</p>
  </div>
</section>`;
}
