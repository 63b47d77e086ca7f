/**
 * Errors of the OA API. Codes and meanings [DOC]; the wording is ours, but for the misspelling "Offical", which is theirs:
 * whoever reads the texts instead of the codes is to notice.
 */
export const OA_ERRORS = {
  // [MULTI] the same failure is also seen as 216, 401 and -401.
  [-216]: 'Access token is invalid',
  [216]: 'Access token is invalid',
  [401]: 'Access token is invalid',
  [-401]: 'Access token is invalid',
  [-220]: 'Access token is expired or removed',
  [-32]: 'Rate limit exceeded',
  [-100]: 'Attachment id is expired or does not exist',
  [-200]: 'Send message failed',
  [-201]: 'Parameter is invalid',
  [-209]: 'Application is not active',
  [-210]: 'Parameter exceeds the allowed limit',
  [-211]: 'Out of quota',
  [-213]: 'User has not followed the Offical Account',
  [-217]: 'User has blocked invitations of the Offical Account',
  [-221]: 'Offical Account must be verified',
  [-223]: 'Offical Account has not granted this permission to the application',
  [-224]: 'Offical Account must upgrade its package to use this API',
  [-227]: 'User is banned or has been inactive for more than 45 days',
  [-230]: 'User has not interacted with the Offical Account in the past 7 days',
  [-232]: 'User has not interacted with the Offical Account, or the interaction has expired',
  [-233]: 'Message type is invalid or not supported',
  [-235]: 'API does not support this type of Offical Account',
  [-240]: 'Message API v2 has been shut down, please use v3',
  [-242]: 'appsecret_proof is invalid',
  [-244]: 'User has restricted this type of message from your Offical Account',
  [-249]: 'Template can not be sent by user id',
  [-321]: 'ZCA balance is empty',
} as const;

/** Errors of the template channel: its own numbering. [DOC] */
export const TEMPLATE_ERRORS = {
  [-101]: 'Application is invalid',
  [-105]: 'Application is not active',
  [-108]: 'Phone number is invalid',
  [-109]: 'Template id is invalid',
  [-1121]: 'Template data is longer than allowed',
  [-1122]: 'Template data is missing',
  [-1124]: 'Template data has a wrong format',
  [-117]: 'Application or OA has no permission to use this template',
  [-118]: 'Zalo account does not exist',
  [-119]: 'Account can not receive this message',
  [-121]: 'Template data is empty',
  [-124]: 'Access token is invalid',
  [-1241]: 'appsecret_proof is invalid',
  [-131]: 'Template has not been approved',
  [-132]: 'Parameter is invalid',
  [-133]: 'Message can not be sent from 22:00 to 06:00',
  [-139]: 'User has refused this type of message',
  [-144]: 'Daily quota of the OA is used up',
} as const;

/** Names of OAuth failures. -14002 [ONE]; -14003, -14014 [MULTI]; -118 [ONE]. */
export const OAUTH_ERRORS = {
  [-14002]: { name: 'Invalid app id', reason: 'App id is invalid or the app is not active' },
  [-14003]: { name: 'Invalid redirect uri', reason: 'The redirect uri is not registered with the app' },
  [-14014]: { name: 'Invalid refresh token', reason: 'The refresh token is invalid, expired or already used' },
  [-118]: { name: 'Invalid grant', reason: 'The grant is invalid, expired or already used' },
} as const;
