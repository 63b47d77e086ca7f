import { createDraws } from '../draws.ts';
import { type FaultsInput, faultsSchema } from '../faults.ts';
import { type SettingsPatch, withSettings } from '../settings.ts';
import type { Stage } from '../stage.ts';
import { expireAccessTokens, issueTokens, revokeGrant, type TokenPair } from '../tokens.ts';
import type { ChatMessage, SimulatedUser, Template, World } from '../world.ts';
import * as simulatedConsole from './console.ts';
import { adminReply, autoReply } from './oa-acts.ts';
import * as acts from './user-acts.ts';
import * as media from './user-media.ts';
import { sendFromPhone, tap } from './user-messages.ts';
import { createUser, type NewUser, userOf } from './users.ts';

/** Everything that users, staff and the console can do; the control API offers the same over HTTP. */
export type Control = ReturnType<typeof createControl>;

type UserId = string;

/** Makes the controls of a simulator. */
export function createControl(stage: Stage, reset: () => void) {
  return {
    // Users
    createUser: (user: NewUser = {}): SimulatedUser => createUser(stage, user),
    user: (userId: UserId): SimulatedUser => userOf(stage, userId),
    say: (userId: UserId, text: string, quoteId?: string): ChatMessage =>
      sendFromPhone(stage, userId, { kind: 'text', text, quoteId }),
    tap: (userId: UserId, messageId: string, buttonIndex: number) => tap(stage, userId, messageId, buttonIndex),
    image: (userId: UserId, file?: media.GivenFile) => media.sendImage(stage, userId, file),
    gif: (userId: UserId, file?: media.GivenFile) => media.sendGif(stage, userId, file),
    audio: (userId: UserId, file?: media.GivenFile) => media.sendAudio(stage, userId, file),
    video: (userId: UserId, file?: media.GivenFile) => media.sendVideo(stage, userId, file),
    file: (userId: UserId, file?: media.GivenFile) => media.sendFile(stage, userId, file),
    sticker: (userId: UserId, stickerId?: string) => media.sendSticker(stage, userId, stickerId),
    location: (userId: UserId, latitude: number, longitude: number) =>
      media.sendLocation(stage, userId, latitude, longitude),
    link: (userId: UserId, link: media.GivenLink) => media.sendLink(stage, userId, link),
    card: (userId: UserId, card: { name: string; phone: string }) => media.sendCard(stage, userId, card),
    follow: (userId: UserId) => acts.follow(stage, userId),
    unfollow: (userId: UserId) => acts.unfollow(stage, userId),
    chatNow: (userId: UserId) => acts.clickChatNow(stage, userId),
    withdraw: (userId: UserId) => acts.withdraw(stage, userId),
    block: (userId: UserId, isBlocked = true) => acts.setBlocked(stage, userId, isBlocked),
    submitInfo: (userId: UserId, info: acts.SubmittedInfo) => acts.submitInfo(stage, userId, info),
    react: (userId: UserId, messageId: string, icon: string) => acts.react(stage, userId, messageId, icon),
    readAll: (userId: UserId) => acts.readAll(stage, userId),
    /** The chat as the phone shows it; `all` adds taps that do not print. */
    transcript: (userId: UserId, options: { all?: boolean } = {}): ChatMessage[] =>
      (stage.world.chats.get(userOf(stage, userId).id) ?? []).filter(
        ({ isHidden }) => options.all === true || !isHidden,
      ),

    // The OA
    adminReply: (userId: UserId, text: string, adminId = '7100000000000000007') =>
      adminReply(stage, userId, text, adminId),
    autoReply: (userId: UserId, text: string) => autoReply(stage, userId, text),
    /** Any event of the catalogue that has no button of its own, with its fields as given. */
    emit: (name: string, fields: Record<string, unknown>, subjectId = stage.world.settings.oa.id) =>
      stage.webhook.emit({ name, subjectId, fields }),

    // The console
    saveWebhook: (url: string) => simulatedConsole.saveWebhook(stage, url),
    assumeWebhook: (url: string | null) => simulatedConsole.assumeWebhook(stage, url),
    enableWebhook: () => simulatedConsole.enableWebhook(stage),
    switchEvents: (events: Parameters<typeof simulatedConsole.switchEvents>[1]) =>
      simulatedConsole.switchEvents(stage, events),
    /** A template that was registered and has been approved. */
    approveTemplate: (template: Omit<Template, 'status'>): void => {
      stage.world.templates.set(template.id, { ...template, status: 'ENABLE' });
    },
    saveCallback: (url: string | null) => simulatedConsole.saveCallback(stage, url),
    /** What the API Explorer hands to administrators: a pair without any consent page. [DOC] */
    issueTokens: (): TokenPair => issueTokens(stage),
    expireTokens: () => expireAccessTokens(stage),
    revokeTokens: () => revokeGrant(stage),

    // The simulator
    set: (patch: SettingsPatch) => {
      stage.world.settings = withSettings(stage.world.settings, patch);
    },
    setFaults: (faults: FaultsInput) => {
      stage.world.faults = faultsSchema.parse(faults);
      stage.draws = createDraws(stage.world.faults.seed);
    },
    advance: (ms: number) => stage.clock.advance(ms),
    settle: () => stage.clock.settle(),
    reset,
    /** The memory itself, to be read only. */
    world: (): Readonly<World> => stage.world,
    exportState: () => simulatedConsole.exportState(stage.world),
  };
}
