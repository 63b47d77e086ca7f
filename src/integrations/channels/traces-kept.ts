/** How long channels remember buttons and sends, ms: `channel_traces` of `data/privacy/retention.yaml`. */
export const TRACES_KEPT_MS = 30 * 86_400_000;
