/** What a customer says, step by step; a function reads the SMS first. */
export interface Journey {
  readonly name: string;
  readonly steps: readonly (string | ((readSms: () => Promise<readonly string[]>) => Promise<string>))[];
}

async function oneTimeCode(readSms: () => Promise<readonly string[]>): Promise<string> {
  for (;;) {
    const code = /\b\d{6}\b/.exec((await readSms()).at(-1) ?? '')?.[0];
    if (code !== undefined) {
      return code;
    }
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

/** Together they pass every kind of write: events, turns, attempts, effects with an SMS, effects with a ticket. */
export const journeys: readonly [Journey, ...Journey[]] = [
  {
    name: 'bill',
    steps: ['coi giùm chị tiền điện tháng rồi', 'PB06010001234', oneTimeCode],
  },
  {
    name: 'emergency',
    steps: [
      'dây điện đứt rơi xuống đường đang xẹt lửa',
      'trước nhà số 12 đường Lê Lợi, Bến Lức',
      'không có ai bị thương',
    ],
  },
];
