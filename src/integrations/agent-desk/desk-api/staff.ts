import type { AgentRole } from '../agent-store.ts';

/** `GET staff`: every account of the desk, in the order of the names. */
export interface StaffAnswer {
  readonly staff: readonly StaffMember[];
}

export interface StaffMember {
  readonly id: string;
  readonly login: string;
  readonly name: string;
  readonly role: AgentRole;
  readonly isOnline: boolean;
  /** Conversations held now. */
  readonly open: number;
  /** UTC ms since when the account is locked. */
  readonly lockedAt?: number;
}

/** `POST staff/lock` and `POST staff/unlock`. */
export interface LockRequest {
  readonly agentId: string;
  readonly reason: string;
}

/** `POST staff/role`. */
export interface RoleRequest {
  readonly agentId: string;
  readonly role: AgentRole;
}

/** How many conversations went back to the queue. */
export interface StaffChange {
  readonly returned: number;
}
