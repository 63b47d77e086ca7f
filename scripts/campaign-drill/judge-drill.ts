/** A notice as a customer has got it, on whatever way. */
export interface Shown {
  /** Of the recipient, wherever it came to him. */
  readonly conversationId: string;
  /** UTC ms of the simulation. */
  readonly at: number;
}

export interface DrillPlan {
  /** Conversations that must be told. */
  readonly told: ReadonlySet<string>;
  /** Conversations that have said no. */
  readonly out: ReadonlySet<string>;
  /** Conversations of recipients of whose notice the product says that nobody knows whether it arrived. */
  readonly uncertain: ReadonlySet<string>;
  /** Sends that were under way when the product was killed, all kills together. */
  readonly underWay: number;
  /** UTC ms by the drill's clock: nothing may come from here… */
  readonly quietFrom: number;
  /** …to here. */
  readonly morning: number;
}

export interface DrillJudgement {
  readonly violations: readonly string[];
  /** Notices a second while it was sending. */
  readonly pace: number;
  /** Of those of which nobody knows: who has got nothing. */
  readonly lostUncertain: number;
}

/** A send that was begun just before the quiet hours may end in them. */
const UNDER_WAY_MS = 3_000;
const SECOND_MS = 1_000;
const PAUSE_MS = 5_000;

/** What customers saw against what they should have: nobody twice, nobody left out, nobody who said no, none at night. */
export function judgeDrill(
  shown: readonly Shown[],
  { told, out, uncertain, underWay, quietFrom, morning }: DrillPlan,
): DrillJudgement {
  const counts = new Map<string, number>();
  for (const { conversationId } of shown) {
    counts.set(conversationId, (counts.get(conversationId) ?? 0) + 1);
  }
  const wrong = (what: string, found: readonly string[]) =>
    found.length === 0 ? [] : [`${found.length} ${what}, for example ${found[0]}`];
  const missing = [...told].filter((id) => !counts.has(id));
  const violations = [
    ...wrong(
      'told twice',
      [...counts].filter(([, count]) => count > 1).map(([id]) => id),
    ),
    ...wrong(
      'never told',
      missing.filter((id) => !uncertain.has(id)),
    ),
    ...wrong(
      'told although they said no',
      [...out].filter((id) => counts.has(id)),
    ),
    ...wrong(
      'told in the quiet hours',
      shown
        .filter(({ at }) => at > quietFrom + UNDER_WAY_MS && at < morning)
        .map(({ conversationId }) => conversationId),
    ),
    ...(uncertain.size > underWay
      ? [`${uncertain.size} are uncertain, although only ${underWay} were under way at the kills`]
      : []),
  ];
  // Pauses for the night and for a start after a kill are no sending.
  const times = shown.map(({ at }) => at).sort((one, other) => one - other);
  const sendingMs = times
    .map((at, index) => at - (times[index - 1] ?? at))
    .filter((gapMs) => gapMs < PAUSE_MS)
    .reduce((sum, gapMs) => sum + gapMs, 0);
  return {
    violations,
    pace: Math.round((shown.length * SECOND_MS) / Math.max(SECOND_MS, sendingMs)),
    lostUncertain: missing.filter((id) => uncertain.has(id)).length,
  };
}
