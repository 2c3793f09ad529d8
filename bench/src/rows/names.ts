/** What the systems are called in every row. */
export const SQLITE = 'Doorward, SQLite'
export const POSTGRES = 'Doorward, PostgreSQL'
export const BARE = 'bare node:http, same bytes'
export const BETTER_AUTH = 'better-auth'
export const DJOSER = 'Django + Djoser'
export const PASSPORT = 'Express + passport-jwt'

/** Accounts in the databases of the ordinary rows. */
export const ORDINARY = 1000
