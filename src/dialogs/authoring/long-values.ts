/**
 * What may stand in a blank of the bot's words at its longest: words are counted with these. An answer is counted in its
 * own file, and stands in a message alone.
 */
export const LONG_VALUES: Readonly<Record<string, string>> = {
  utility_name: 'Tổng công ty Điện lực TP Hồ Chí Minh',
  hotline: '1900 1006',
  hotlines: '1900 1006 hoặc 1900 9000',
  hotline_tel: '19001006',
  website: 'cskh.evnspc.vn',
  email: 'nguyen.thi.hong.hanh@dienluc.example.vn',
  app: 'CSKH EVNSPC',
  corporation: 'Tổng công ty Điện lực TP Hồ Chí Minh',
  corporation_hotline: '1900 545454',
  corporation_website: 'cskh.evnhcmc.vn',
  agent_name: 'Nguyễn Thị Hồng Hạnh Phúc',
  agents: '120',
  ahead: '1.250',
  answer_text: '…',
  asked_number: 'SC261122-4K7Q2ABC',
  code_problem: 'mình chưa biết mã nào bắt đầu bằng PX, mã thường bắt đầu bằng PB',
  contact: '+84 898 123 456 và https://cskh-evnspc.example.vn/xac-minh',
  crisis_heading: 'Thông báo khẩn về bão số 12 tại các tỉnh Tây Ninh, Đồng Tháp, Vĩnh Long',
  crisis_updated: '07:30 thứ Hai 23/11/2026',
  crisis_text: '…',
  customer_code: 'PB06010001234',
  days: '30',
  erasure_number: 'XD261122-4K7Q2ABC',
  first_report_text: '07:30 thứ Hai 23/11/2026',
  meter_reading: '123.456',
  month: 'tháng 10/2026 kỳ 2',
  newest_month: 'tháng 10/2026 kỳ 2',
  notice_consent:
    'Mỗi tháng khi có hóa đơn tiền điện mới, mình nhắn cho anh/chị tại đây số tiền và hạn thanh toán, và nhắc thêm một lần nếu gần đến hạn mà chưa thanh toán. Mình không nhắn vào ban đêm. Muốn dừng, anh/chị nhắn "ngừng nhận tin" lúc nào cũng được.',
  notice_label: 'có điện trở lại',
  notice_list:
    'hóa đơn hằng tháng (mã có đuôi 234, 567, 890, 123 và 6 mã khác), lịch cúp điện (mã có đuôi 234, 567, 890, 123 và 6 mã khác), ngày ghi chỉ số (mã có đuôi 234, 567, 890, 123 và 6 mã khác)',
  notice_phone: 'số có đuôi 678',
  outage_text:
    'Khu vực: một phần các ấp 1, ấp 2, ấp 3, ấp 4, ấp Bình Thạnh, ấp Bình Hòa, ấp Tân Long, khu phố 5… Thời gian: từ 07:30 thứ Hai 23/11/2026, lý do: bảo trì, sửa chữa, phát quang hành lang lưới điện trung thế… Dự kiến có điện lại lúc 16:30 thứ Hai 23/11/2026 (theo đội sửa chữa). Cập nhật lúc 06:00 thứ Hai 23/11/2026.',
  period_text: 'từ tháng 10/2025 đến tháng 10/2026',
  phone_end: '678',
  place_text: 'phường Long Hoa, thị xã Hòa Thành, tỉnh Tây Ninh',
  priority_reason: 'có người phụ thuộc thiết bị y tế',
  promised: '17:00 thứ Hai 23/11/2026',
  reading_days: '31/10/2026, 30/09/2026, 31/08/2026, 31/07/2026',
  reading_text:
    'Lần chốt gần nhất (31/10/2026) là 99.876, từ đó đến nay là 12.345 kWh, tính cả việc công tơ quay hết vòng, hệ số nhân 40.',
  restored_area: 'một phần các ấp 1, ấp 2, ấp 3, ấp 4, ấp Bình Thạnh, ấp Bình Hòa, ấp Tân Long, khu phố 5…',
  restored_at: '16:30 thứ Hai 23/11/2026',
  ticket_number: 'SC261122-4K7Q2ABC',
  ticket_text:
    'phiếu SC261122-4K7Q2ABC lập lúc 07:30 thứ Hai 23/11/2026: đã tiếp nhận, đang chờ nhân viên xử lý. Phiếu YC261121-4K7Q2ABC lập lúc 08:45 Chủ nhật 22/11/2026: nhân viên đang xử lý. Phiếu HD261120-4K7Q2ABC lập lúc 21:10 thứ Sáu 20/11/2026: đã xử lý xong.',
  ticket: 'GL261122-4K7Q2ABC',
  title: 'Tiền chưa được ghi nhận hoặc bị trừ hai lần',
  tries_left: '2',
  uncovered_day: '31/12/2026',
  uncovered_what: 'thuế suất thuế GTGT',
  usage_summary:
    'từ tháng 10/2025 đến tháng 10/2026 số tiền là 345.678.901 đ. Tổng 123.456 kWh, bình quân 9.497 kWh mỗi hóa đơn. Cao nhất tháng 5/2026 kỳ 2 (12.345 kWh), thấp nhất tháng 1/2026 kỳ 1 (6.543 kWh). Chưa tính 2 hóa đơn đang kiểm tra.',
  window_end: '27/11/2026',
};
