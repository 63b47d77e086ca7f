import { listed } from './find-phrases.ts';

/** Words of anger, in marked forms: nobody says these calmly. */
export const FURIOUS: readonly string[] = listed(`
  bực quá, bực mình, bực bội, bực rồi, tức quá, tức điên, tức muốn, bức xúc, ức chế, điên tiết, phát điên,
  giận quá, giận bốc khói, chịu hết nổi, hết chịu nổi, không chịu nổi, ai chịu nổi, ai mà chịu nổi, làm ăn kiểu,
  làm ăn như, làm ăn gì, làm ăn vậy, làm ăn thế, làm ăn tắc trách, làm ăn thất đức, tắc trách, thất đức, vô trách nhiệm,
  làm việc kiểu gì, phục vụ kiểu gì, tính kiểu gì, tính tiền kiểu gì, ăn cướp, cướp ngày, móc túi, trấn lột, cắt cổ,
  hút máu, ăn chặn, vô lý hết sức, vô lý quá, quá vô lý, quá đáng, quá quắt, tôi kiện, tui kiện, sẽ kiện, đi kiện,
  kiện các người, đăng lên mạng, đưa lên mạng, đăng facebook, đăng lên facebook, đăng fb, lên báo cho, lên báo chí, lên báo đài, gửi lên báo, đăng báo, mấy người, các người,
  tụi bay, tụi mày, chúng mày, bọn mày, mày, tao không, tao hỏi, tao nói, tao mà, mấy cha, giỡn mặt, làm như rùa, ăn như rùa, sửa thì như rùa, như hạch, như quỷ, làm cho có, tệ hại,
  quá tệ, tệ quá, tệ thật, quá thất vọng, rất thất vọng, thất vọng quá, bot ngu, ngu quá, ngu như, ngu vậy, đồ ngu,
  đồ điên, điên hết, đồ tồi, thôi dẹp, dẹp đi, dẹp cái robot, dẹp cái bot, dẹp cái máy, mở mắt ra, coi được à, coi được không, xem được không chết đói, xài chùa,
  không thể chấp nhận, không chấp nhận được, coi thường dân, coi thường khách, hành dân, hành khách hàng, hành hạ,
  coi dân, lừa dân, giấu dân, bắt dân, khinh dân, mất dạy, khốn nạn, đồ khốn, mẹ nó, mẹ kiếp, đm, dm, dmm, đmm,
  vcl, vkl, cmn, clgt, wtf, đéo, bố láo, láo toét, mất thời gian quá, mệt muốn xỉu, trả lời dứt khoát
`);

/** Said calmly, too; several of them together, or shouted, are anger. */
export const IMPATIENT: readonly string[] = listed(`
  hoài, rốt cuộc, ai đền, ai chịu, hư hết, chừng nào mới, bao giờ mới, tới chừng nào, đừng có, luật nào, mà dám,
  mà cũng, vậy mà, không ai nghe, không ai xuống, không ai sửa, không ai trả lời, không ai thay, không ai ra, không ai biết, ma nào, không thấy ai, chưa thấy ai, nghe chưa, thời đại nào, ngay đi, ngay cho, ngay lập tức,
  liền cho tôi, liền cho tui, hả, hả trời, trời ơi, có nghĩ, lần thứ, lần rồi, lần nào, mấy lần, bao nhiêu lần, nói rõ coi,
  coi sao được, gì mà, kiểu gì, vô lý, kỳ cục, vòng vo, lòng vòng, lằng nhằng, lung tung, cho đàng hoàng, đàng hoàng,
  chửi, là sao, quá trời, tố cáo, phản ánh lên, muốn chết, chết người, ngang xương, tiếng nào, không báo trước tiếng nào,
  bắt người, đòi, im re, giùm cái đi, có sửa không, một cắc, phá sản, giải thích đi, giải thích coi, trả lời coi
`);

/** Of these, what means something calm when it stands without marks: "phát điên" is also "phát điện". */
export const ONLY_WITH_MARKS: readonly string[] = listed(`
  phát điên, điên hết, đồ điên, bực rồi, chúng mày, tụi mày, bọn mày, lên báo cho, lên báo đài
`);
