const TONES = [880, 660, 880, 660] as const;
const TONE_S = 0.18;

/** Four short tones. Silent where the browser allows no sound before the first click: the bar and the title still show. */
export function ring(): void {
  try {
    const context = new AudioContext();
    TONES.forEach((frequency, index) => {
      const tone = new OscillatorNode(context, { frequency, type: 'square' });
      const volume = new GainNode(context, { gain: 0.15 });
      tone.connect(volume).connect(context.destination);
      tone.start(context.currentTime + index * TONE_S);
      tone.stop(context.currentTime + (index + 1) * TONE_S);
    });
    setTimeout(() => context.close(), TONES.length * TONE_S * 1_000 + 500);
  } catch {
    // A browser without sound.
  }
}

/** A notification of the browser, where the agent has allowed them. */
export function notify(title: string, body: string): void {
  if (typeof Notification !== 'undefined' && Notification.permission === 'granted') {
    new Notification(title, { body, tag: 'lang-nghe-alarm', requireInteraction: true });
  }
}
