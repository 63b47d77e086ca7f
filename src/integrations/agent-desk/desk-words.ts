import type { SiteChange } from '../../bot/accounts/site-notice.ts';
import type { Holder } from '../../bot/conversation.ts';
import type { Erasure, WrittenRequest } from '../../bot/erasures.ts';
import type { IncidentState } from '../../bot/incidents/incident.ts';
import type { Attachment, DeliveryState } from '../../bot/message.ts';
import type { CampaignState } from '../../bot/notices/campaign.ts';
import type { NoticeStanding } from '../../bot/notices/notice-ledger.ts';
import type { Bill, Outage, Ticket } from '../../bot/records.ts';
import type { IdentityLevel } from '../../dialogs/identity.ts';
import { NO_INTENT } from '../../nlu/understanding.ts';
import type { AgentRole, PresenceStatus } from './agent-store.ts';
import type { UnclearMessage } from './unclear-messages.ts';

/** The desk's Vietnamese words for ids, used by its server and its page. */
export const HOLDER_WORDS: Record<Holder, string> = {
  bot: 'Bot đang trả lời',
  queue: 'Đang chờ nhân viên',
  agent: 'Nhân viên đang giữ',
  closed: 'Đã đóng',
};

export const ROLE_WORDS: Record<AgentRole, string> = {
  agent: 'Nhân viên',
  partner: 'Đối tác',
  dispatcher: 'Điều độ',
  leader: 'Trưởng ca',
  admin: 'Quản trị',
};

export const PRESENCE_WORDS: Record<PresenceStatus, string> = {
  available: 'Sẵn sàng',
  away: 'Tạm nghỉ',
};

/** Records that figures come from. */
const RECORD_WORDS: Readonly<Record<string, string>> = {
  answer: 'Câu trả lời mẫu',
  bill: 'Hóa đơn',
  crisis: 'Tin khẩn',
  customer: 'Hồ sơ khách hàng',
  incident: 'Sự cố',
  outage: 'Lịch cắt điện',
  payment: 'Thanh toán',
  tariff: 'Bảng giá',
  ticket: 'Phiếu',
};

export function recordWords(record: string): string {
  return RECORD_WORDS[record] ?? record;
}

export const DELIVERY_WORDS: Record<DeliveryState, string> = {
  queued: 'Chờ gửi',
  sending: 'Đang gửi',
  accepted: 'Kênh đã nhận',
  delivered: 'Đã đến máy khách',
  read: 'Khách đã xem',
  failed: 'Không gửi được',
  uncertain: 'Không chắc đã đến',
  withdrawn: 'Đã rút lại, không gửi',
};

export const LEVEL_WORDS: Record<IdentityLevel, string> = {
  anonymous: 'Chưa biết là ai',
  code_known: 'Mới cho mã, chưa xác minh',
  verified: 'Đã xác minh',
};

export const TICKET_KIND_WORDS: Record<Ticket['kind'], string> = {
  outage: 'Báo mất điện',
  emergency: 'Khẩn cấp',
  billing: 'Hóa đơn',
  meter: 'Công tơ',
  service: 'Dịch vụ',
  callback: 'Gọi lại',
};

export const TICKET_STATE_WORDS: Record<Ticket['state'], string> = {
  open: 'Mới',
  in_progress: 'Đang xử lý',
  done: 'Đã xong',
};

export const OUTAGE_STATE_WORDS: Record<Outage['state'], string> = {
  scheduled: 'Lịch cắt điện',
  ongoing: 'Đang mất điện',
  restored: 'Đã có điện lại',
  cancelled: 'Đã hủy lịch',
};

export const INCIDENT_STATE_WORDS: Record<IncidentState, string> = {
  suspected: 'Nghi ngờ, chưa xác nhận',
  ongoing: 'Đang mất điện',
  restored: 'Đã có điện lại',
  cancelled: 'Không phải sự cố',
  merged: 'Đã gộp',
};

const CHANNEL_WORDS: Readonly<Record<string, string>> = {
  web: 'Web',
  zalo: 'Zalo',
  telegram: 'Telegram',
  botframework: 'Teams',
  sms: 'SMS',
  email: 'Thư điện tử',
  console: 'Dòng lệnh',
};

const REASON_WORDS: Readonly<Record<string, string>> = {
  meter_picture: 'Khách gửi ảnh công tơ',
  customer_asked: 'Khách muốn gặp nhân viên',
  not_understood: 'Bot không hiểu khách',
  dialog: 'Bot chuyển theo kịch bản',
  action_failed: 'Bot không tra cứu được',
  emergency: 'Khẩn cấp về an toàn điện',
  requeued: 'Nhân viên chuyển lại hàng chờ',
  agent_gone: 'Nhân viên mất kết nối',
  taken_back: 'Nhân viên không còn phụ trách',
  attachment: 'Khách gửi tệp',
  late_message: 'Tin của khách đến muộn, bot chưa trả lời',
  taken_over: 'Nhân viên chủ động nhận',
};

/** For counts, in this order; all others are one. */
export const HANDOFF_REASONS: readonly string[] = Object.keys(REASON_WORDS);

/** Why a message has not gone out, or is not known to have. */
const FAILURE_WORDS: Readonly<Record<string, string>> = {
  adapter_threw: 'lỗi phía hệ thống',
  address_unreadable: 'không đọc được địa chỉ của khách',
  answer_lost: 'kênh không kịp trả lời',
  partly_sent: 'mới gửi được phần đầu, phần sau chưa rõ',
  message_too_large: 'tin dài quá mức kênh cho phép',
  answer_without_id: 'kênh trả lời không rõ',
  blocked: 'khách đã chặn hoặc chưa cho phép',
  blocked_by_customer: 'khách đã chặn',
  botframework_payload: 'Teams không đọc được tin',
  conversation_gone: 'cuộc trò chuyện không còn trên kênh',
  customer_inactive: 'khách lâu không dùng kênh này',
  customer_quota_used_up: 'khách đã nhận đủ số tin cho phép',
  expired: 'tin đã quá hạn',
  email_busy: 'máy chủ thư đang bận',
  email_login_refused: 'máy chủ thư từ chối đăng nhập',
  email_refused: 'máy chủ thư từ chối',
  email_unknown: 'máy chủ thư không kịp trả lời',
  email_unreachable: 'không kết nối được máy chủ thư',
  interrupted: 'hệ thống khởi động lại giữa chừng',
  needs_consent: 'kênh cần được cấp quyền lại',
  needs_template: 'kênh chỉ nhận tin theo mẫu',
  no_reference: 'khách chưa từng nhắn ở kênh này',
  no_zalo_account: 'số điện thoại này không dùng Zalo',
  nothing_to_say: 'tin không có nội dung',
  nothing_to_send: 'tin không có nội dung',
  not_at_night: 'kênh không nhận tin vào giờ này',
  not_following: 'khách chưa quan tâm trang',
  notices_refused_by_customer: 'khách đã từ chối nhận thông báo qua Zalo',
  opted_out: 'khách đã từ chối nhận tin',
  other_bot: 'kênh đã đổi sang bot khác',
  other_oa: 'kênh đã đổi sang trang Zalo OA khác',
  paced: 'chờ đến lượt',
  phone_invalid: 'số điện thoại không đúng',
  rate_limited: 'kênh đang quá tải',
  service_unreachable: 'không kết nối được dịch vụ của kênh',
  sms_busy: 'tổng đài SMS đang bận',
  sms_refused: 'tổng đài SMS từ chối',
  sms_unknown: 'tổng đài SMS không kịp trả lời',
  sms_unreachable: 'không kết nối được tổng đài SMS',
  stopped: 'đợt gửi đã dừng',
  uncertain: 'không rõ đã đến chưa',
  withdrawn: 'đã rút lại',
  taken_over: 'nhân viên đã nhận hội thoại',
  quiet_hours: 'để hết giờ yên tĩnh mới gửi',
  outdated: 'đã có tin mới hơn, gửi tin mới thay cho tin này',
  telegram_payload: 'Telegram không đọc được tin',
  telegram_unreachable: 'không kết nối được Telegram',
  template_not_registered: 'hết thời hạn nhắn tin và mẫu thông báo chưa được đăng ký với Zalo',
  token_refused: 'kênh từ chối mã truy cập',
  unreachable: 'không liên lạc được khách ở kênh này',
  window_closed: 'đã hết thời hạn nhắn tin cho khách; hãy gọi điện, gửi SMS hoặc trả lời trong công cụ của kênh',
  zalo_failed: 'Zalo báo lỗi',
  zalo_unreachable: 'không kết nối được Zalo',
};

/** What a customer can attach. */
export const ATTACHMENT_WORDS: Record<Attachment['kind'], string> = {
  image: 'Ảnh',
  audio: 'Ghi âm',
  video: 'Video',
  file: 'Tệp',
  location: 'Vị trí',
  sticker: 'Nhãn dán',
  contact: 'Danh thiếp',
};

/** Why a customer's file is not there. */
const MISSING_WORDS: Readonly<Record<string, string>> = {
  address_not_public: 'địa chỉ tệp không an toàn',
  host_not_allowed: 'địa chỉ tệp không an toàn',
  not_a_url: 'địa chỉ tệp sai',
  not_https: 'địa chỉ tệp không an toàn',
  not_there: 'tệp không còn trên kênh',
  picture_unreadable: 'ảnh hỏng',
  too_large: 'tệp quá lớn (tối đa 5 MB khi gửi, 20 MB khi nhận)',
  too_many_redirects: 'địa chỉ tệp sai',
  too_slow: 'mạng chậm, đang thử lại',
  type_not_allowed: 'loại tệp không được nhận',
  unreachable: 'không kết nối được, đang thử lại',
};

/** Why nothing can be written, and what is left to do. */
export const CLOSED_WINDOW_WORDS =
  'Đã hết thời hạn nhắn tin cho khách ở kênh này. Hãy gọi điện, gửi SMS hoặc trả lời trong công cụ của kênh; khi khách nhắn lại thì trả lời được ngay.';

/** Why a file cannot be sent there. */
export const NO_FILE_WORDS = 'Kênh này không gửi được ảnh và tệp. Hãy viết bằng lời, hoặc hẹn gọi lại.';

const INTENT_WORDS: Readonly<Record<string, string>> = {
  app_help: 'Ứng dụng, trang web',
  bill_estimate: 'Ước tính tiền điện',
  bill_explain_high: 'Tiền điện tăng cao',
  bill_lookup: 'Tra cứu hóa đơn',
  bill_payment: 'Cách trả tiền',
  bill_payment_status: 'Đã trả tiền hay chưa',
  bot_identity: 'Hỏi về trợ lý',
  cancel: 'Dừng việc đang làm',
  complaint: 'Khiếu nại',
  contract_change: 'Thay đổi hợp đồng',
  disconnect_reconnect: 'Cắt điện, mở điện lại',
  electrical_safety_tips: 'Phòng tránh tai nạn điện',
  energy_saving_tips: 'Tiết kiệm điện',
  greeting: 'Chào hỏi',
  invoice_copy: 'Xin bản hóa đơn',
  meter_problem: 'Công tơ có vấn đề',
  meter_reading_schedule: 'Lịch ghi chỉ số',
  meter_reading_submit: 'Báo chỉ số công tơ',
  new_connection: 'Cấp điện mới',
  notice_settings: 'Tin báo tự gửi',
  office_contact: 'Địa chỉ, tổng đài',
  out_of_scope: 'Ngoài phạm vi',
  outage_planned: 'Lịch cắt điện',
  outage_report: 'Báo mất điện',
  outage_status: 'Bao giờ có điện lại',
  rooftop_solar: 'Điện mặt trời mái nhà',
  safety_emergency: 'Khẩn cấp về an toàn điện',
  scam_check: 'Nghi lừa đảo',
  support_discount: 'Hỗ trợ, giảm giá',
  talk_to_human: 'Muốn gặp nhân viên',
  tariff_info: 'Giá điện',
  thanks_goodbye: 'Cảm ơn, tạm biệt',
  usage_history: 'Sản lượng đã dùng',
  voltage_problem: 'Điện yếu, chập chờn',
};

export function channelWords(channel: string): string {
  return CHANNEL_WORDS[channel] ?? channel;
}

/** An import may bring states of its own. */
export function ticketStateWords(state: string): string {
  return (TICKET_STATE_WORDS as Readonly<Record<string, string>>)[state] ?? state;
}

/** A reason may be an id or the words of a colleague. */
export function reasonWords(reason: string): string {
  return REASON_WORDS[reason] ?? reason;
}

/** A failure that nobody knows more of is an HTTP status or a code of the vendor, which the operator can look up. */
export function failureWords(failure: string): string {
  return FAILURE_WORDS[failure] ?? (failure === '' ? '' : `kênh báo lỗi ${failure}`);
}

/** Reasons without words of their own are an HTTP status or a vendor's code: it is tried again. */
export function missingWords(reason: string): string {
  return MISSING_WORDS[reason] ?? 'kênh báo lỗi, đang thử lại';
}

/** Short, as they stand beside a number, and nobody acts on one of them. */
const CAMPAIGN_FAILURE_WORDS: Readonly<Record<string, string>> = {
  window_closed: 'hết thời hạn nhắn tin',
  unreachable: 'không có kênh nào nhận',
};

export function campaignFailureWords(reason: string): string {
  return CAMPAIGN_FAILURE_WORDS[reason] ?? failureWords(reason);
}

const STANDING_WORDS: Readonly<Record<NoticeStanding['state'], string>> = {
  waiting: 'chờ gửi',
  given: 'đang gửi',
  accepted: 'đã gửi',
  delivered: 'đã nhận',
  read: 'đã xem',
  failed: 'không gửi được',
  uncertain: 'không rõ đã đến chưa',
  withdrawn: 'đã rút lại',
  skipped: 'không gửi',
};

/** How one notice stands, with the reason where there is one. */
export function standingWords({ state, reason }: Pick<NoticeStanding, 'state' | 'reason'>): string {
  return reason === undefined ? STANDING_WORDS[state] : `${STANDING_WORDS[state]} (${campaignFailureWords(reason)})`;
}

const SITE_CHANGE_WORDS: Readonly<Record<SiteChange, string>> = {
  new: 'Lịch mới',
  changed: 'Đổi lịch',
  cancelled: 'Hủy lịch',
};

export function siteChangeWords(change: SiteChange): string {
  return SITE_CHANGE_WORDS[change];
}

export const CAMPAIGN_STATE_WORDS: Readonly<Record<CampaignState, string>> = {
  running: 'Đang gửi',
  paused: 'Tạm dừng',
  stopped: 'Đã dừng hẳn',
  done: 'Đã xong',
};

/** How a request about somebody's data came. */
export const REQUEST_WAY_WORDS: Readonly<Record<WrittenRequest['way'], string>> = {
  letter: 'Đơn, công văn',
  email: 'E-mail',
  phone: 'Điện thoại',
  office: 'Tại quầy',
};

export const ERASURE_STATE_WORDS: Readonly<Record<Erasure['state'], string>> = {
  open: 'Đang xóa',
  held: 'Đang phải giữ',
  done: 'Đã xóa',
};

const AUDIT_WORDS: Readonly<Record<string, string>> = {
  log_in: 'Đăng nhập',
  log_in_refused: 'Đăng nhập bị từ chối',
  log_out: 'Đăng xuất',
  log_out_everywhere: 'Đăng xuất mọi nơi',
  change_password: 'Đổi mật khẩu',
  lock_agent: 'Khóa tài khoản',
  unlock_agent: 'Mở khóa tài khoản',
  change_role: 'Đổi vai trò',
  reveal_name: 'Xem tên khách',
  reveal_phone: 'Xem số điện thoại',
  reveal_address: 'Xem địa chỉ',
  reveal_email: 'Xem thư điện tử',
  change_canned: 'Sửa câu mẫu',
  answer_incident: 'Trả lời chung một sự cố',
  turn_storm_on: 'Bật chế độ bão',
  turn_storm_off: 'Tắt chế độ bão',
  create_incident: 'Lập sự cố',
  change_incident: 'Sửa sự cố',
  publish_crisis: 'Đăng tin khẩn',
  change_crisis: 'Sửa tin khẩn',
  withdraw_crisis: 'Gỡ tin khẩn',
  change_ticket: 'Đổi trạng thái phiếu',
  change_campaign: 'Đổi đợt gửi tin',
  call_contact: 'Gọi báo lịch cúp điện',
  export_calls: 'Xuất danh sách khách nhiều điểm',
  place_hold: 'Đặt lệnh giữ dữ liệu',
  lift_hold: 'Gỡ lệnh giữ dữ liệu',
  erase_person: 'Xóa dữ liệu theo yêu cầu',
  export_person: 'Xuất dữ liệu theo yêu cầu',
  export_figures: 'Xuất số liệu',
  retry: 'Gửi lại tin',
  relabel: 'Báo bot hiểu nhầm',
  label_words: 'Gắn nhãn câu của khách',
  dismiss_words: 'Bỏ qua câu của khách',
  act_claim: 'Nhận cuộc',
  act_say: 'Trả lời khách',
  act_note: 'Ghi chú nội bộ',
  act_transfer: 'Chuyển cho đồng nghiệp',
  act_requeue: 'Chuyển về hàng chờ',
  act_release: 'Trả về bot',
  act_close: 'Kết thúc',
  act_snooze: 'Để sau',
  act_wake: 'Làm tiếp',
  act_call_back: 'Hẹn gọi lại',
  act_reassign: 'Giao lại cuộc',
  act_take_back: 'Đưa cuộc về hàng chờ',
  act_see_alarm: 'Đã thấy báo động',
};

export function auditWords(action: string): string {
  return AUDIT_WORDS[action] ?? action;
}

export function intentWords(intent: string): string {
  return INTENT_WORDS[intent] ?? intent.replaceAll('_', ' ');
}

const UNCLEAR_WORDS: Readonly<Record<UnclearMessage['why'], string>> = {
  missed: 'Bot không hiểu',
  asked_back: 'Bot hỏi lại hai lần',
  relabelled: 'Nhân viên báo hiểu nhầm',
};

export function unclearWords(why: UnclearMessage['why']): string {
  return UNCLEAR_WORDS[why];
}

/** For counts, where what was not understood is a topic, too. */
export function topicWords(topic: string): string {
  return topic === NO_INTENT ? 'Bot không hiểu' : intentWords(topic);
}

export function billWords(bill: Pick<Bill, 'month' | 'period'>): string {
  const [year, month] = bill.month.split('-');
  return `Tháng ${Number(month)}/${year}${bill.period > 1 ? ` (kỳ ${bill.period})` : ''}`;
}
