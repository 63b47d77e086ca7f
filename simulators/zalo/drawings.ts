/** Stickers of the simulator: own drawings, by id. */
export const STICKERS: Readonly<Record<string, { readonly label: string; readonly svg: string }>> = {
  bolt: sticker(
    'Có điện rồi',
    '#ffd54a',
    '<path d="M66 22 38 68h20l-8 34 34-48H62l10-32z" fill="#fff8dc" stroke="#8a5a00" stroke-width="4" stroke-linejoin="round"/>',
  ),
  lamp: sticker(
    'Bóng đèn',
    '#fff3b0',
    '<path d="M60 20a28 28 0 0 0-16 51c4 3 5 7 5 11h22c0-4 1-8 5-11a28 28 0 0 0-16-51z" fill="#ffc928" stroke="#8a5a00" stroke-width="4"/><path d="M50 89h20M53 97h14" stroke="#8a5a00" stroke-width="5" stroke-linecap="round"/>',
  ),
  dark: sticker(
    'Mất điện',
    '#46506b',
    '<circle cx="60" cy="60" r="34" fill="#2b3350"/><circle cx="49" cy="55" r="5" fill="#fff"/><circle cx="71" cy="55" r="5" fill="#fff"/><path d="M48 77q12-10 24 0" fill="none" stroke="#fff" stroke-width="4" stroke-linecap="round"/>',
  ),
  thanks: sticker(
    'Cảm ơn',
    '#ffd9e2',
    '<path d="M60 96C20 70 26 34 46 34c8 0 12 6 14 11 2-5 6-11 14-11 20 0 26 36-14 62z" fill="#ef476f" stroke="#8f1d3f" stroke-width="4"/>',
  ),
  hello: sticker(
    'Xin chào',
    '#d6ecff',
    '<circle cx="60" cy="60" r="36" fill="#ffd166" stroke="#8a5a00" stroke-width="4"/><circle cx="48" cy="54" r="5"/><circle cx="72" cy="54" r="5"/><path d="M43 68q17 20 34 0" fill="#fff" stroke="#5b3b00" stroke-width="4" stroke-linejoin="round"/>',
  ),
  okay: sticker(
    'Đồng ý',
    '#d5f5e3',
    '<circle cx="60" cy="60" r="36" fill="#2fb574"/><path d="m43 61 12 13 23-27" fill="none" stroke="#fff" stroke-width="9" stroke-linecap="round" stroke-linejoin="round"/>',
  ),
};

function sticker(label: string, glow: string, drawing: string): { label: string; svg: string } {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 120" role="img" aria-label="${label}"><circle cx="60" cy="60" r="54" fill="${glow}"/>${drawing}</svg>`;
  return { label, svg };
}

const UNKNOWN_STICKER = sticker(
  'Nhãn dán',
  '#e8ecf3',
  '<circle cx="60" cy="60" r="30" fill="#fff" stroke="#66768c" stroke-width="4"/><circle cx="50" cy="54" r="4" fill="#66768c"/><circle cx="70" cy="54" r="4" fill="#66768c"/><path d="M47 68q13 13 26 0" fill="none" stroke="#66768c" stroke-width="4" stroke-linecap="round"/>',
);

/** Draws the file behind `/media/sticker-<id>`. */
export function stickerSvg(id: string): string {
  return (STICKERS[id] ?? UNKNOWN_STICKER).svg;
}

/** Draws an avatar: initials on a colour of their own. */
export function avatarSvg(name: string): string {
  const initials = name
    .split(/\s+/)
    .slice(-2)
    .map((word) => [...word][0] ?? '')
    .join('')
    .toUpperCase();
  const hue = [...name].reduce((sum, letter) => (sum * 31 + (letter.codePointAt(0) ?? 0)) % 360, 7);
  const safe = initials.replace(/[<>&"]/g, '');
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 80 80"><rect width="80" height="80" fill="hsl(${hue} 55% 46%)"/><text x="40" y="50" font-family="sans-serif" font-size="30" font-weight="600" fill="#fff" text-anchor="middle">${safe}</text></svg>`;
}
