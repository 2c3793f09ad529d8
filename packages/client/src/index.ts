/** `@doorward/client`: everything that there is to import. */
export type { ClientOptions, DoorwardClient } from './create-client.ts'
export { createClient } from './create-client.ts'
export type { ClientErrorCode, Issue } from './errors.ts'
export { asksForPassword, DoorwardClientError, errorOf, isDoorwardClientError } from './errors.ts'
export type { Body, Flows, LinkParts, Registration, RequestOptions } from './flows.ts'
export type {
  Activity,
  ErrorCode,
  Operations,
  Registered,
  Session as DeviceSession,
} from './generated/wire.ts'
export type { DeclaredFields, Listener, SessionState, User } from './state.ts'
export type { SessionStorage, StorageChoice } from './storage.ts'
