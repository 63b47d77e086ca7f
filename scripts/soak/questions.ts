/** What the customers of a soak ask, each once: questions that are answered whatever was asked before. */
export const QUESTIONS: readonly string[] = [
  'số điện thoại tổng đài là gì',
  'khi nào thì được miễn giảm tiền điện cho hộ nghèo',
  'làm sao để đổi tên chủ hợp đồng',
  'giá điện sinh hoạt bậc thang bao nhiêu',
  'có những cách nào thanh toán tiền điện',
  'cách tiết kiệm điện',
  'làm sao tra cứu mã khách hàng',
  'điện mặt trời mái nhà bán điện thế nào',
  'thủ tục lắp công tơ mới',
  'hóa đơn điện tử lấy ở đâu',
];
