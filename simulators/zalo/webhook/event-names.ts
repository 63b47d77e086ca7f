/**
 * The events that the console lists, each with its own switch. [DOC] unless the line says otherwise.
 * Switches are off until somebody turns them on. [ONE]
 */
export const EVENT_NAMES = [
  'user_send_text',
  'user_send_image',
  // [CONFLICT] missing on the official list, present in the console's table
  'user_send_gif',
  'user_send_link',
  'user_send_audio',
  'user_send_video',
  'user_send_sticker',
  'user_send_location',
  'user_send_business_card',
  'user_send_file',
  'oa_send_text',
  'oa_send_image',
  'oa_send_gif',
  'oa_send_list',
  'oa_send_file',
  'oa_send_sticker',
  'user_received_message',
  'user_seen_message',
  'user_reacted_message',
  'oa_reacted_message',
  'user_click_chatnow',
  'follow',
  'unfollow',
  'user_submit_info',
  'update_user_info',
  'user_withdraw',
  'add_user_to_tag',
  'remove_user_from_tag',
  'remove_tag',
  'anonymous_send_text',
  'anonymous_send_image',
  'anonymous_send_file',
  'anonymous_send_sticker',
  'oa_send_anonymous_text',
  'oa_send_anonymous_image',
  'oa_send_anonymous_file',
  'oa_send_anonymous_sticker',
  // [ONE] calls, consents and widgets
  'user_call_oa',
  'oa_call_user',
  'oa_send_consent',
  'user_reply_consent',
  'widget_interaction_accepted',
  'widget_failed_to_sync_user_external_id',
  // the template channel
  'user_feedback',
  'user_click_response_button',
  'change_template_status',
  'change_template_quality',
  'change_oa_daily_quota',
  'event_journey_acknowledged',
  'event_journey_time_out',
] as const;

/** What a chatbot with an agent desk has to switch on in the console. */
export const CHATBOT_EVENTS: readonly string[] = EVENT_NAMES.filter(
  (name) => !/^(user_call|oa_call|oa_send_consent|user_reply_consent|widget_|event_journey|.*anonymous)/.test(name),
);

/** The switches that one of the presets turns on. */
export function eventsOfPreset(preset: 'none' | 'chatbot' | 'all'): readonly string[] {
  return preset === 'none' ? [] : preset === 'all' ? EVENT_NAMES : CHATBOT_EVENTS;
}
