import { listed } from './find-phrases.ts';

/**
 * The words of the emergency lane, in marked forms. They are code and not data, because the lane must work when
 * nothing can be loaded.
 */

/** Said of people or things in contact with current: danger wherever it stands. */
export const SHOCKS: readonly string[] = listed(`
  điện giật, giật điện, điện giựt, giựt điện, bị giật, bị giựt, điện chịt, rò điện, rỉ điện, hở điện, nhiễm
  điện, dính điện, mắc điện, chạm điện, giật chết, giựt chết, giật tê, giựt tê, thấy giật, thấy giựt, tê tê, tê
  tay, tê rần, giật mình tê, giật nhẹ, giựt nhẹ, điện rò, giật té, giựt té, giật người, giựt người, bị điện, rò
  ra vỏ, giật rần rần, đ giật, đ giựt, giật đ, giựt đ, điện hút, dính đ, rò đ
`);

/** Said of electric things: danger wherever it stands. */
export const SPARKS: readonly string[] = listed(`
  tóe lửa, toé lửa, xẹt lửa, sẹt lửa, bắn lửa, phóng lửa, tia lửa, phun lửa, nháng lửa, đánh lửa, chập điện,
  chạm mạch, chập cháy, cháy nổ, phóng điện, cháy điện, nổ điện, điện nổ, điện cháy, xẹt điện, chập mạch,
  cháy khét lẹt, nổ lụp bụp, nhảy lửa, nẹt lửa, phực lửa, tét lửa, tẹt lửa, ẹt lửa, xịt lửa, văng lửa
`);

/** Fire, smoke, explosion: danger beside an electric thing. */
export const FIRES: readonly string[] = listed(`
  cháy, khói, khét, nổ, lửa, bốc cháy, phát nổ, nóng ran, chảy nhựa, xèo xèo, cháy xém, đỏ rực, nóng đỏ, xẹt
`);

export const WIRES: readonly string[] = listed(`
  dây điện, dây đ, dây, đường dây, cáp, đường điện, dây cáp, cao thế, trung thế, hạ thế
`);
export const WIRE_FAULTS: readonly string[] = listed(`
  đứt, rớt, rơi, sà, sa xuống, võng, chùng, thòng, rụng, nằm giữa, nằm dưới, nằm trên, chạm, vướng, đụng, đè,
  hở, lòi, xệ, trĩu, lòng thòng, sập, tuột, quăng, giật đứt, mắc vào, bung, tưa, trầy, tróc
`);

export const POLES: readonly string[] = listed(`
  trụ điện, cột điện, trụ đèn, cột đèn, trụ, cột, trụ trung thế, cột hạ thế
`);
export const POLE_FAULTS: readonly string[] = listed(`
  ngã, gãy, đổ, nghiêng, sập, xiêu, tông, nứt, bật gốc, leo, trèo
`);

/** Electric things that may burn. */
export const DEVICES: readonly string[] = listed(`
  trạm biến áp, trạm điện, trạm, bình điện, bình hạ thế, máy biến áp, biến áp, biến thế, tba, công tơ, đồng hồ
  điện, đồng hồ, điện kế, hộp điện, tủ điện, thùng điện, bảng điện, ổ cắm, ổ điện, cầu dao, aptomat, át tô mát,
  cb, cúp dao, phích cắm, công tắc, dây điện, dây, đường dây, trụ điện, cột điện, trụ đèn, cột đèn, trụ, cột,
  mối nối, cáp, cáp ngầm, điện, hộp công tơ, cục nóng, ổn áp, điện áp, nồi cơm điện, đh,
  đh điện, ctơ, dây đ, trụ đ
`);

/** Things that stand under water in a flood while the current is on. */
export const FLOODABLE: readonly string[] = listed(`
  ổ cắm, ổ điện, tủ điện, hộp điện, công tơ, đồng hồ điện, đồng hồ, cầu dao, bảng điện, trạm, điện vẫn, vẫn còn
  điện, có điện, dây điện, aptomat, cb, trụ điện, cột điện, đèn vẫn
`);
export const FLOODS: readonly string[] = listed(`
  ngập, lụt, chìm, nước vô, nước vào, nước tràn, nước dâng, nước lên, dưới nước, nước mưa chảy
`);

/** Figures of speech and harmless things: these words say nothing here. */
export const FIGURES: readonly string[] = listed(`
  nợ tiền, còn nợ, hết nợ, báo nợ, bị nợ, nợ cước, đang nợ, nợ mấy, nợ bao nhiêu, chạy chậm, đang chạy, chạy
  mau, chạy nhanh, nó chạy, cũng chạy, không chạy, chạy lên, chạy xuống, nó mất, nó cúp, máy nó, cháy túi, cháy
  ví, cháy hàng, cháy vé, cháy máy điện thoại, cháy quá, cháy phố, cháy hết mình, nổ lực, bùng nổ, nổ đơn, cháy
  bóng, bóng cháy, cháy phép, cháy tiền, tiền cháy, cháy bỏng, chữa cháy ví, giật mình, giật gân, giựt mình,
  cháy deadline, giá nổ, cháy giáo án, cháy nhà ra mặt chuột, giật tít, cháy não, nổ não, nổ đầu, giật nợ, giựt
  nợ, giật tiền, giựt tiền, giật sập, cháy khét ví, mùa lửa, nóng như lửa, lửa giận, đổ lửa, như lửa, đổ tiền,
  trời đổ, nắng cháy, cháy da, cháy thẻ, nổ hũ, tiền sốc, cháy lương, cháy tài khoản, bay màu,
  khói đầu, chảy mỡ, phát nổ vì tức, nổ máy
`);

/** Asking for advice, supposing, telling of what is over: no present danger unless the classifier is sure. */
export const UNREAL: readonly string[] = listed(`
  phòng tránh, đề phòng, phòng cháy, tránh bị, tránh điện giật, tránh rò điện, ngừa điện giật, để tránh, để phòng, phòng chống, cách phòng, làm sao để không,
  làm thế nào để, làm sao để, cách nào, nếu lỡ, nếu, giả sử, lỡ như, lỡ mà, lỡ, có bị giật không, có bị điện
  giật không, có nguy hiểm không, có sợ, có dễ, mẹo, hướng dẫn, tư vấn, an toàn, bồi thường, đền bù, đền, có sao
  không, cần làm gì khi, khi bị, khi có, cách xử lý, cách sơ cứu, sơ cứu, phải làm gì khi, mùa mưa bão, có nên,
  nên làm gì, hôm trước, tuần trước, tháng trước, năm ngoái, đã sửa, sửa xong, đã xử lý, hết chưa, chống giật,
  chống rò, hồi trước, hôm bữa, hư hết, cháy mất tivi, khắc phục chưa, phòng, khi nào thì, bao xa, khoảng cách,
  làm sao biết, dấu hiệu, lắp
`);
