const ONSETS = 'b c ch d g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x'.split(' ');
const RIMES = (
  'a ac ach ai am an ang anh ao ap at au ay e ec ech em en eng enh eo ep et eu i ia ich iec iem ien ieng iep iet ieu im in inh ip it iu ' +
  'o oa oac oach oai oam oan oang oanh oao oap oat oay oc oe oen oeo oet oi om on ong ooc oong op ot ' +
  'u ua uan uang uat uay uau uc ue uech uenh ui um un ung uo uoc uoi uom uon uong uop uot uou up ut uu uy uya uych uyen uyet uynh uyt uyu ' +
  'y yem yen yeng yet yeu'
).split(' ');

const SYLLABLES = makeSyllables();

/** Whether a word without marks could be a Vietnamese syllable: such a word is never taken for a slip. */
export function isSyllable(folded: string): boolean {
  return SYLLABLES.has(folded);
}

function makeSyllables(): ReadonlySet<string> {
  const all = new Set<string>(RIMES);
  for (const onset of ONSETS) for (const rime of RIMES) if (fits(onset, rime)) all.add(onset + rime);
  all.add('gi');
  for (const end of ['n', 'm', 'p', 't', 'c', 'ng', 'nh', 'a', 'e', 'eng', 'en', 'ep', 'et']) all.add(`gi${end}`);
  return all;
}

/** Spelling rules: k, gh and ngh before e, i, y; c, g and ng before the others; qu and gi have their vowel inside. */
function fits(onset: string, rime: string): boolean {
  const isFront = /^[eiy]/.test(rime);
  if (['k', 'gh', 'ngh'].includes(onset)) return isFront;
  if (['c', 'ng'].includes(onset)) return !isFront;
  if (onset === 'g') return !isFront || rime === 'i';
  if (onset === 'gi' || onset === 'qu') return !/^[u]/.test(rime) || onset === 'gi';
  if (rime.startsWith('y')) return rime === 'y' || onset === 'k';
  return true;
}
