/** Generated from the OpenAPI document by scripts/generate-client-types.ts; a test says whether it is current. */

/** `Account` of the OpenAPI document. */
export interface Account {
  readonly first_name?: string
  readonly last_name?: string
  /** Free text unless the project declares roles. */
  readonly role?: string
  readonly id: number
  readonly email: string
  readonly is_active: boolean
  readonly is_staff: boolean
  readonly account_state: 'active' | 'pending' | 'invited' | 'deactivated'
  readonly has_password: boolean
  readonly locale: string | null
  readonly created_at: string
  readonly last_login: string | null
  readonly invited_at: string | null
  readonly deactivated_at: string | null
  readonly deactivation_reason: string | null
}

/** `Activity` of the OpenAPI document. */
export interface Activity {
  readonly id: number
  readonly at: string
  readonly action: 'registered' | 'registration_repeated' | 'superuser_created' | 'created' | 'invited' | 'invited_again' | 'invitation_withdrawn' | 'invitation_accepted' | 'activation_requested' | 'activated' | 'deactivated' | 'reactivated' | 'deleted' | 'signed_in' | 'sign_in_failed' | 'many_sign_ins_failed' | 'current_password_refused' | 'reauthenticated' | 'signed_out' | 'session_ended' | 'sessions_ended' | 'refresh_token_reused' | 'password_changed' | 'password_reset_requested' | 'password_reset' | 'email_changed' | 'email_change_requested' | 'email_change_undone' | 'mail_to_nobody' | 'email_reset_requested' | 'email_reset' | 'profile_changed' | 'role_changed' | 'staff_rights_given' | 'staff_rights_taken' | 'data_exported' | 'users_imported' | 'users_exported' | 'audit_exported' | 'mail_retried' | 'key_rotated' | 'key_retired'
  readonly result: 'success' | 'failure'
  readonly by: 'you' | 'staff' | null
  readonly address: string | null
  readonly device: string | null
  readonly user_agent: string | null
}

/** `AuditEntry` of the OpenAPI document. */
export interface AuditEntry {
  readonly id: number
  readonly at: string
  readonly action: 'registered' | 'registration_repeated' | 'superuser_created' | 'created' | 'invited' | 'invited_again' | 'invitation_withdrawn' | 'invitation_accepted' | 'activation_requested' | 'activated' | 'deactivated' | 'reactivated' | 'deleted' | 'signed_in' | 'sign_in_failed' | 'many_sign_ins_failed' | 'current_password_refused' | 'reauthenticated' | 'signed_out' | 'session_ended' | 'sessions_ended' | 'refresh_token_reused' | 'password_changed' | 'password_reset_requested' | 'password_reset' | 'email_changed' | 'email_change_requested' | 'email_change_undone' | 'mail_to_nobody' | 'email_reset_requested' | 'email_reset' | 'profile_changed' | 'role_changed' | 'staff_rights_given' | 'staff_rights_taken' | 'data_exported' | 'users_imported' | 'users_exported' | 'audit_exported' | 'mail_retried' | 'key_rotated' | 'key_retired'
  readonly result: 'success' | 'failure'
  readonly address: string | null
  readonly device: string | null
  readonly user_agent: string | null
  readonly actor: number | null
  readonly user: number | null
  readonly request_id: string
  readonly details: Readonly<Record<string, string | number | boolean | null>>
}

/** `DatabaseToken` of the OpenAPI document. */
export interface DatabaseToken {
  readonly auth_token: string
}

/** An error of the request as a whole. */
export interface Detail {
  readonly detail: string
  readonly code?: string
  /** Why the access token was refused. */
  readonly messages?: readonly ({
    readonly token_class: string
    readonly token_type: string
    readonly message: string
  })[]
}

/** Messages by field; `non_field_errors` for several fields together. */
export type FieldErrors = Readonly<Record<string, readonly (string)[]>>

/** What became of a mail; never what is in it. */
export interface MailRecord {
  readonly id: number
  readonly user_id: number | null
  readonly kind: string
  readonly to: string
  readonly state: 'queued' | 'sent' | 'dead'
  readonly attempts: number
  readonly created_at: string
  readonly sent_at: string | null
  readonly next_attempt_at: string | null
  readonly last_error: string | null
  readonly message_id: string
}

/** RFC 9457 problem details, for clients that accept them. */
export interface Problem {
  readonly type: string
  readonly title: string
  readonly status: number
  readonly code: string
  readonly detail: string
  readonly request_id: string
  readonly errors?: readonly ({
    readonly path: string | null
    readonly code: string
    readonly message: string
  })[]
  readonly retry_after?: number
}

/** `RefreshedTokens` of the OpenAPI document. */
export interface RefreshedTokens {
  readonly access: string
  /** Absent when it is in the cookie. */
  readonly refresh?: string
}

/** `Registered` of the OpenAPI document. */
export interface Registered {
  readonly first_name: string
  readonly last_name: string
  /** Free text unless the project declares roles. */
  readonly role: string
  readonly email: string
}

/** `Session` of the OpenAPI document. */
export interface Session {
  readonly id: string
  readonly current: boolean
  readonly device: string
  readonly user_agent: string
  readonly address: string
  readonly created_at: string
  readonly last_used_at: string
  readonly authenticated_at: string
  readonly expires_at: string
  readonly amr: readonly (string)[]
}

/** `SigningKey` of the OpenAPI document. */
export interface SigningKey {
  readonly kid: string
  readonly alg: string
  readonly state: 'current' | 'next' | 'retiring'
  readonly created_at: string
  readonly retires_at: string | null
}

/** Counts by day, UTC; the lists are as long as `days`. */
export interface Statistics {
  readonly days: readonly (string)[]
  readonly counts: {
    readonly sign_ups: readonly (number)[]
    readonly activations: readonly (number)[]
    readonly sign_ins: readonly (number)[]
    readonly failed_sign_ins: readonly (number)[]
    readonly password_resets: readonly (number)[]
    readonly refresh_reuses: readonly (number)[]
    readonly mails_sent: readonly (number)[]
    readonly mails_waiting: readonly (number)[]
    readonly mails_given_up: readonly (number)[]
  }
  readonly accounts: number
  readonly more_accounts: boolean
}

/** `TokenPair` of the OpenAPI document. */
export interface TokenPair {
  /** Absent when it is in the cookie. */
  readonly refresh?: string
  readonly access: string
}

/** `User` of the OpenAPI document. */
export interface User {
  readonly first_name: string
  readonly last_name: string
  /** Free text unless the project declares roles. */
  readonly role: string
  readonly id: number
  readonly email: string
}

/** What the server's errors are called; the catalogue is docs/reference/errors.md. */
export type ErrorCode =
  | 'parse_error'
  | 'malformed_form'
  | 'not_authenticated'
  | 'permission_denied'
  | 'cross_site_refused'
  | 'too_many_sessions'
  | 'registration_closed'
  | 'reauthentication_required'
  | 'not_found'
  | 'method_not_allowed'
  | 'not_acceptable'
  | 'body_too_large'
  | 'unsupported_media_type'
  | 'throttled'
  | 'internal_error'
  | 'overloaded'
  | 'unavailable'
  | 'required'
  | 'null'
  | 'blank'
  | 'invalid_string'
  | 'invalid_email'
  | 'invalid_integer'
  | 'invalid_number'
  | 'invalid_boolean'
  | 'invalid_date'
  | 'invalid_datetime'
  | 'invalid_cursor'
  | 'invalid_choice'
  | 'max_length'
  | 'max_value'
  | 'min_value'
  | 'max_string_length'
  | 'null_characters'
  | 'surrogate_characters'
  | 'not_an_object'
  | 'no_data'
  | 'email_taken'
  | 'role_reserved'
  | 'password_mismatch'
  | 'email_mismatch'
  | 'password_too_similar'
  | 'password_too_short'
  | 'password_too_long'
  | 'password_too_common'
  | 'password_breached'
  | 'password_entirely_numeric'
  | 'invalid_password'
  | 'invalid_uid'
  | 'invalid_link_token'
  | 'invalid_credentials'
  | 'stale_token'
  | 'cannot_create_user'
  | 'email_not_found'
  | 'no_activation_to_resend'
  | 'own_account'
  | 'last_administrator'
  | 'account_not_activated'
  | 'no_open_invitation'
  | 'no_activation_pending'
  | 'no_password_to_reset'
  | 'mail_not_given_up'
  | 'keys_not_stored'
  | 'key_in_use'
  | 'no_active_account'
  | 'bad_authorization_header'
  | 'access_token_not_valid'
  | 'token_user_missing'
  | 'token_user_not_found'
  | 'token_user_inactive'
  | 'refresh_user_inactive'
  | 'database_token_invalid'
  | 'database_token_missing'
  | 'database_token_spaces'
  | 'database_token_characters'
  | 'database_token_user_inactive'
  | 'token_invalid'
  | 'token_expired'
  | 'token_claim_expired'
  | 'token_wrong_type'
  | 'token_no_type'
  | 'token_no_id'
  | 'token_no_claim'
  | 'token_blacklisted'
  | 'verified_token_blacklisted'
  | 'refresh_token_expired'
  | 'refresh_token_revoked'
  | 'refresh_token_reused'
  | 'session_ended'
  | 'token_revoked'

/** Every operation by its `operationId`: how it is asked, and what it answers. */
export interface Operations {
  /** Where things are. */
  root: {
    method: 'GET'
    path: ''
    body: undefined
    answer: {
      readonly users: string
      readonly admin?: string
    }
  }
  /** List accounts. */
  listUsers: {
    method: 'GET'
    path: 'users/'
    body: undefined
    answer: readonly (User)[]
  }
  /** Register. */
  register: {
    method: 'POST'
    path: 'users/'
    body: {
      readonly first_name: string
      readonly last_name: string
      /** Free text unless the project declares roles. */
      readonly role: string
      readonly email: string
      /** The new password. */
      readonly password: string
      readonly re_password?: unknown
    }
    answer: Registered
  }
  /** Activate. */
  activate: {
    method: 'POST'
    path: 'users/activation/'
    body: {
      /** The first part of the mailed link. */
      readonly uid: string
      /** The second part of the mailed link. */
      readonly token: string
    }
    answer: undefined
  }
  /** Mail the activation link again. */
  resendActivation: {
    method: 'POST'
    path: 'users/resend_activation/'
    body: {
      readonly email: string
    }
    answer: undefined
  }
  /** Change the password. */
  changePassword: {
    method: 'POST'
    path: 'users/set_password/'
    body: {
      /** The new password. */
      readonly new_password: string
      readonly re_new_password?: unknown
      /** The password as it is now. */
      readonly current_password: string
    }
    answer: undefined
  }
  /** Forgot password. */
  requestPasswordReset: {
    method: 'POST'
    path: 'users/reset_password/'
    body: {
      readonly email: string
    }
    answer: undefined
  }
  /** Reset password. */
  resetPassword: {
    method: 'POST'
    path: 'users/reset_password_confirm/'
    body: {
      /** The first part of the mailed link. */
      readonly uid: string
      /** The second part of the mailed link. */
      readonly token: string
      /** The new password. */
      readonly new_password: string
      readonly re_new_password?: unknown
    }
    answer: undefined
  }
  /** Change the address. */
  changeEmail: {
    method: 'POST'
    path: 'users/set_email/'
    body: {
      /** The current password; not needed soon after a sign-in. */
      readonly current_password?: string
      readonly new_email: string
      readonly re_new_email?: unknown
    }
    answer: undefined
  }
  /** Ask for a link that changes the address. */
  requestEmailReset: {
    method: 'POST'
    path: 'users/reset_email/'
    body: {
      readonly email: string
    }
    answer: undefined
  }
  /** Change the address by a mailed link. */
  resetEmail: {
    method: 'POST'
    path: 'users/reset_email_confirm/'
    body: {
      /** The first part of the mailed link. */
      readonly uid?: string
      /** The second part of the mailed link. */
      readonly token?: string
      readonly new_email: string
      readonly re_new_email?: unknown
    }
    answer: undefined
  }
  /** Confirm the new address. */
  confirmEmailChange: {
    method: 'POST'
    path: 'users/set_email_confirm/'
    body: {
      /** The first part of the mailed link. */
      readonly uid: string
      /** The second part of the mailed link. */
      readonly token: string
    }
    answer: undefined
  }
  /** Take a change of the address back. */
  undoEmailChange: {
    method: 'POST'
    path: 'users/set_email_undo/'
    body: {
      /** The first part of the mailed link. */
      readonly uid: string
      /** The second part of the mailed link. */
      readonly token: string
    }
    answer: undefined
  }
  /** Accept an invitation: choose the first password. */
  acceptInvitation: {
    method: 'POST'
    path: 'users/accept_invitation/'
    body: {
      /** The first part of the mailed link. */
      readonly uid: string
      /** The second part of the mailed link. */
      readonly token: string
      /** The new password. */
      readonly new_password: string
      readonly re_new_password?: unknown
    }
    answer: undefined
  }
  /** Take home what is stored about the own account. */
  exportData: {
    method: 'GET'
    path: 'users/me/export/'
    body: undefined
    answer: {
      readonly account: Readonly<Record<string, unknown>>
      readonly sessions: readonly (Session)[]
      readonly activity: readonly (Readonly<Record<string, unknown>>)[]
    }
  }
  /** Read the own account. */
  readMe: {
    method: 'GET'
    path: 'users/me/'
    body: undefined
    answer: User
  }
  /** Change all fields. */
  updateMe: {
    method: 'PUT'
    path: 'users/me/'
    body: {
      readonly first_name: string
      readonly last_name: string
      /** Free text unless the project declares roles. */
      readonly role: string
    }
    answer: User
  }
  /** Change some fields. */
  patchMe: {
    method: 'PATCH'
    path: 'users/me/'
    body: {
      readonly first_name?: string
      readonly last_name?: string
      /** Free text unless the project declares roles. */
      readonly role?: string
    }
    answer: User
  }
  /** Delete the own account. */
  deleteMe: {
    method: 'DELETE'
    path: 'users/me/'
    body: {
      /** The current password; not needed soon after a sign-in. */
      readonly current_password?: string
    }
    answer: undefined
  }
  /** Read the language of mails. */
  readLanguage: {
    method: 'GET'
    path: 'users/me/language/'
    body: undefined
    answer: {
      readonly language: string | null
      readonly available: readonly (string)[]
    }
  }
  /** Choose the language of mails. */
  setLanguage: {
    method: 'PUT'
    path: 'users/me/language/'
    body: {
      /** A language that mails are written in, or null for that of the site. */
      readonly language: 'en' | 'de' | 'es' | 'fr' | 'id' | 'it' | 'ja' | 'nl' | 'pt' | 'zh'
    }
    answer: {
      readonly language: string | null
      readonly available: readonly (string)[]
    }
  }
  /** Read an account. */
  readUser: {
    method: 'GET'
    path: `users/${string}/`
    body: undefined
    answer: User
  }
  /** Change all fields. */
  updateUser: {
    method: 'PUT'
    path: `users/${string}/`
    body: {
      readonly first_name: string
      readonly last_name: string
      /** Free text unless the project declares roles. */
      readonly role: string
    }
    answer: User
  }
  /** Change some fields. */
  patchUser: {
    method: 'PATCH'
    path: `users/${string}/`
    body: {
      readonly first_name?: string
      readonly last_name?: string
      /** Free text unless the project declares roles. */
      readonly role?: string
    }
    answer: User
  }
  /** Delete an account. */
  deleteUser: {
    method: 'DELETE'
    path: `users/${string}/`
    body: {
      /** The current password; not needed soon after a sign-in. */
      readonly current_password?: string
    }
    answer: undefined
  }
  /** Sign in. */
  signIn: {
    method: 'POST'
    path: 'jwt/create/'
    body: {
      readonly email: string
      readonly password: string
      /** Where the refresh token goes: `body` (default), or `cookie`, an HttpOnly one for browsers. */
      readonly token_delivery?: 'body' | 'cookie'
    }
    answer: TokenPair
  }
  /** Refresh. */
  refresh: {
    method: 'POST'
    path: 'jwt/refresh/'
    body: {
      /** A refresh token; absent when it is in the cookie. */
      readonly refresh?: string
    }
    answer: RefreshedTokens
  }
  /** Check a token. */
  verify: {
    method: 'POST'
    path: 'jwt/verify/'
    body: {
      /** A token of any kind. */
      readonly token: string
    }
    answer: Readonly<Record<string, never>>
  }
  /** Put a refresh token on the blacklist. */
  blacklist: {
    method: 'POST'
    path: 'jwt/blacklist/'
    body: {
      /** A refresh token. */
      readonly refresh: string
    }
    answer: Readonly<Record<string, never>>
  }
  /** List the own sessions. */
  listSessions: {
    method: 'GET'
    path: 'sessions/'
    body: undefined
    answer: readonly (Session)[]
  }
  /** Sign all other devices out. */
  endOtherSessions: {
    method: 'POST'
    path: 'sessions/revoke_others/'
    body: {
      /** The current password; not needed soon after a sign-in. */
      readonly current_password?: string
    }
    answer: {
      readonly ended: number
    }
  }
  /** Sign a device out. */
  endSession: {
    method: 'DELETE'
    path: `sessions/${string}/`
    body: {
      /** The current password; not needed soon after a sign-in. */
      readonly current_password?: string
    }
    answer: undefined
  }
  /** Sign out. */
  signOut: {
    method: 'POST'
    path: 'jwt/logout/'
    body: {
      /** A refresh token; absent when it is in the cookie. */
      readonly refresh?: string
    }
    answer: undefined
  }
  /** Prove again who one is. */
  reauthenticate: {
    method: 'POST'
    path: 'jwt/reauthenticate/'
    body: {
      /** The password as it is now. */
      readonly current_password: string
    }
    answer: {
      readonly access: string
    }
  }
  /** Sessions that have ended lately. */
  revocations: {
    method: 'GET'
    path: 'revocations/'
    body: undefined
    answer: {
      readonly token: string
    }
  }
  /** Switch an account off. */
  deactivateUser: {
    method: 'POST'
    path: `users/${string}/deactivate/`
    body: undefined
    answer: User
  }
  /** Switch an account on. */
  reactivateUser: {
    method: 'POST'
    path: `users/${string}/reactivate/`
    body: undefined
    answer: User
  }
  /** Sign somebody out everywhere. */
  revokeSessions: {
    method: 'POST'
    path: `users/${string}/revoke_sessions/`
    body: undefined
    answer: {
      readonly ended: number
    }
  }
  /** What happened to the own account lately. */
  listActivity: {
    method: 'GET'
    path: 'activity/'
    body: undefined
    answer: readonly (Activity)[]
  }
  /** Read the audit log. */
  listAudit: {
    method: 'GET'
    path: 'admin/audit/'
    body: undefined
    answer: readonly (AuditEntry)[]
  }
  /** Find accounts. */
  searchUsers: {
    method: 'GET'
    path: 'admin/users/'
    body: undefined
    answer: readonly (Account)[]
  }
  /** Make an account with a password. */
  createUser: {
    method: 'POST'
    path: 'admin/users/'
    body: {
      readonly first_name?: string
      readonly last_name?: string
      /** Free text unless the project declares roles. */
      readonly role?: string
      readonly email: string
      readonly password: string
      /** Staff rights. Giving or taking them needs `current_password` or a recent sign-in. */
      readonly is_staff?: boolean
      /** Language of the mails; null: the site’s. */
      readonly locale?: string | null
      /** The current password; not needed soon after a sign-in. */
      readonly current_password?: string
    }
    answer: Account
  }
  /** Invite somebody by mail. */
  inviteUser: {
    method: 'POST'
    path: 'admin/users/invite/'
    body: {
      readonly first_name?: string
      readonly last_name?: string
      /** Free text unless the project declares roles. */
      readonly role?: string
      readonly email: string
      /** Staff rights. Giving or taking them needs `current_password` or a recent sign-in. */
      readonly is_staff?: boolean
      /** Language of the mails; null: the site’s. */
      readonly locale?: string | null
      /** The current password; not needed soon after a sign-in. */
      readonly current_password?: string
    }
    answer: Account
  }
  /** Read all of an account. */
  readAccount: {
    method: 'GET'
    path: `admin/users/${string}/`
    body: undefined
    answer: Account
  }
  /** Change an account. */
  updateAccount: {
    method: 'PATCH'
    path: `admin/users/${string}/`
    body: {
      readonly first_name?: string
      readonly last_name?: string
      /** Free text unless the project declares roles. */
      readonly role?: string
      readonly email?: string
      /** Staff rights. Giving or taking them needs `current_password` or a recent sign-in. */
      readonly is_staff?: boolean
      /** Language of the mails; null: the site’s. */
      readonly locale?: string | null
      /** The current password; not needed soon after a sign-in. */
      readonly current_password?: string
    }
    answer: Account
  }
  /** Delete somebody’s account. */
  deleteAccount: {
    method: 'DELETE'
    path: `admin/users/${string}/`
    body: {
      /** The current password; not needed soon after a sign-in. */
      readonly current_password?: string
    }
    answer: undefined
  }
  /** Switch an account off, and say why. */
  deactivateAccount: {
    method: 'POST'
    path: `admin/users/${string}/deactivate/`
    body: {
      /** Why; staff see it with the account. */
      readonly reason?: string
    }
    answer: Account
  }
  /** Switch an account on. */
  reactivateAccount: {
    method: 'POST'
    path: `admin/users/${string}/reactivate/`
    body: undefined
    answer: Account
  }
  /** Mail the activation link again. */
  sendActivation: {
    method: 'POST'
    path: `admin/users/${string}/resend_activation/`
    body: undefined
    answer: undefined
  }
  /** Mail somebody a link that sets a new password. */
  sendPasswordReset: {
    method: 'POST'
    path: `admin/users/${string}/send_password_reset/`
    body: undefined
    answer: undefined
  }
  /** Mail an invitation again. */
  inviteAgain: {
    method: 'POST'
    path: `admin/users/${string}/invitation/`
    body: undefined
    answer: Account
  }
  /** Take an invitation back. */
  withdrawInvitation: {
    method: 'DELETE'
    path: `admin/users/${string}/invitation/`
    body: undefined
    answer: undefined
  }
  /** List somebody’s sessions. */
  listAccountSessions: {
    method: 'GET'
    path: `admin/users/${string}/sessions/`
    body: undefined
    answer: readonly (Session)[]
  }
  /** Sign somebody out everywhere. */
  endAccountSessions: {
    method: 'DELETE'
    path: `admin/users/${string}/sessions/`
    body: undefined
    answer: {
      readonly ended: number
    }
  }
  /** Sign one of somebody’s devices out. */
  endAccountSession: {
    method: 'DELETE'
    path: `admin/users/${string}/sessions/${string}/`
    body: undefined
    answer: undefined
  }
  /** List mails, the newest first. */
  listMails: {
    method: 'GET'
    path: 'admin/mails/'
    body: undefined
    answer: readonly (MailRecord)[]
  }
  /** What became of a mail. */
  readMail: {
    method: 'GET'
    path: `admin/mails/${string}/`
    body: undefined
    answer: MailRecord
  }
  /** Try a mail again that was given up. */
  retryMail: {
    method: 'POST'
    path: `admin/mails/${string}/retry/`
    body: undefined
    answer: MailRecord
  }
  /** List the signing keys. */
  listKeys: {
    method: 'GET'
    path: 'admin/keys/'
    body: undefined
    answer: {
      /** False: the key is in the configuration and changes there. */
      readonly stored: boolean
      readonly keys: readonly (SigningKey)[]
    }
  }
  /** Sign with a new key. */
  rotateKeys: {
    method: 'POST'
    path: 'admin/keys/rotate/'
    body: {
      /** The current password; not needed soon after a sign-in. */
      readonly current_password?: string
    }
    answer: {
      /** False: the key is in the configuration and changes there. */
      readonly stored: boolean
      readonly keys: readonly (SigningKey)[]
    }
  }
  /** Forget a key at once. */
  retireKey: {
    method: 'POST'
    path: `admin/keys/${string}/retire/`
    body: {
      /** The current password; not needed soon after a sign-in. */
      readonly current_password?: string
    }
    answer: {
      /** False: the key is in the configuration and changes there. */
      readonly stored: boolean
      readonly keys: readonly (SigningKey)[]
    }
  }
  /** Count by day. */
  readStatistics: {
    method: 'GET'
    path: 'admin/statistics/'
    body: undefined
    answer: Statistics
  }
  /** Sign in for a database token. */
  signInWithDatabaseToken: {
    method: 'POST'
    path: 'token/login/'
    body: {
      readonly password?: string
      readonly email?: string
    }
    answer: DatabaseToken
  }
  /** End the database token. */
  signOutDatabaseToken: {
    method: 'POST'
    path: 'token/logout/'
    body: undefined
    answer: undefined
  }
}
