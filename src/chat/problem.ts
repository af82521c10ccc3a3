import { ChatError } from './gateway.js';
import type { ChatErrorCode, ChatProblem } from './model.js';

/** What the snapshot says of whatever was thrown. */
export function problemOf(error: unknown): ChatProblem {
  if (!(error instanceof ChatError)) return Object.freeze({ code: 'server' });
  const { code, waitSeconds } = error;
  return Object.freeze(waitSeconds === undefined ? { code } : { code, waitSeconds });
}

const lasting: ReadonlySet<ChatErrorCode> = new Set<ChatErrorCode>([
  'url-missing',
  'url-invalid',
  'key-missing',
  'key-refused',
  'rooms-missing',
  'room-missing',
  'room-unknown',
  'not-a-member',
  'banned',
  'invitation-invalid',
]);

/** Whether trying the same again is in vain. */
export function isLasting(problem: ChatProblem): boolean {
  return lasting.has(problem.code);
}

const anonymous: ReadonlySet<ChatErrorCode> = new Set<ChatErrorCode>(['name-invalid', 'not-signed-in', 'guests-refused']);

/** Whether it is open who writes and reads here: joining again tells. */
export function isDoubt(problem: ChatProblem): boolean {
  return problem.code === 'token-expired' || needsName(problem);
}

/** Whether a visitor who gives a name, or signs in, may get further. */
export function needsName(problem: ChatProblem): boolean {
  return anonymous.has(problem.code);
}
