/** Every key of the desk, as the help sheet shows it. `code` is the place of the key, pressed with Alt. */
export const SHORTCUTS = [
  { code: 'KeyA', keys: 'Alt + A', words: 'Báo động khẩn cấp: đã thấy, mở xem' },
  { code: 'KeyN', keys: 'Alt + N', words: 'Nhận cuộc kế tiếp trong hàng chờ' },
  { code: 'KeyK', keys: 'Alt + K', words: 'Nhận hoặc tiếp quản cuộc đang mở' },
  { code: 'Digit1', keys: 'Alt + 1', words: 'Danh sách: Hàng chờ' },
  { code: 'Digit2', keys: 'Alt + 2', words: 'Danh sách: Của tôi' },
  { code: 'Digit3', keys: 'Alt + 3', words: 'Danh sách: Tất cả' },
  { code: 'KeyT', keys: 'Alt + T', words: 'Chuyển cho người khác' },
  { code: 'KeyS', keys: 'Alt + S', words: 'Để sau' },
  { code: 'KeyG', keys: 'Alt + G', words: 'Hẹn gọi lại' },
  { code: 'KeyR', keys: 'Alt + R', words: 'Trả về bot' },
  { code: 'KeyX', keys: 'Alt + X', words: 'Kết thúc' },
  { code: 'KeyM', keys: 'Alt + M', words: 'Câu mẫu' },
  { code: 'KeyO', keys: 'Alt + O', words: 'Ghi chú nội bộ' },
  { code: 'KeyP', keys: 'Alt + P', words: 'Gửi kèm ảnh hoặc tệp' },
  { code: 'KeyB', keys: 'Alt + B', words: 'Dùng gợi ý của bot' },
  { code: 'KeyI', keys: 'Alt + I', words: 'Mở hoặc đóng thông tin khách hàng' },
  { code: 'KeyH', keys: 'Alt + H', words: 'Bảng phím tắt này' },
] as const;

export type ShortcutCode = (typeof SHORTCUTS)[number]['code'];

/** Keys without Alt, for the sheet alone: lists, the box and the search bring them along. */
export const OTHER_KEYS = [
  { keys: '↑ ↓, Enter', words: 'Đi trong danh sách, mở cuộc' },
  { keys: 'Enter', words: 'Gửi tin; Shift + Enter để xuống dòng' },
  { keys: 'Ctrl + K', words: 'Tìm kiếm' },
  { keys: 'Esc', words: 'Đóng bảng đang mở' },
  { keys: 'Tab', words: 'Sang ô kế tiếp' },
] as const;
