/** Tests of which faults of a database are "not available right now", and which are faults of ours. */
import pg from 'pg'
import { describe, expect, it } from 'vitest'
import { DoorwardError } from '../domain/errors.ts'
import { asStoreError, explained, isUnavailable } from './database-faults.ts'

const postgresError = (code: string): Error => Object.assign(new pg.DatabaseError('x', 1, 'error'), { code })
const systemError = (code: string): Error => Object.assign(new TypeError(code), { code })
const sqliteError = (errcode: number): Error => Object.assign(new TypeError('x'), { errcode })

describe('a fault of the database | that will pass', () => {
  it.each([
    ['PostgreSQL is shutting down', postgresError('57P01')],
    ['PostgreSQL is starting up', postgresError('57P03')],
    ['PostgreSQL has no connection left', postgresError('53300')],
    ['PostgreSQL has no disk left', postgresError('53100')],
    ['a statement took too long', postgresError('57014')],
    ['a lock was not to be had', postgresError('55P03')],
    ['the server became a standby', postgresError('25006')],
    ['nobody listens', systemError('ECONNREFUSED')],
    ['the connection was reset', systemError('ECONNRESET')],
    ['the name cannot be resolved', systemError('EAI_AGAIN')],
    ['the connection was cut', new TypeError('Connection terminated unexpectedly')],
    ['the pool is used up', new TypeError('timeout exceeded when trying to connect')],
    ['the server is frozen', new TypeError('Query read timeout')],
    ['SQLite was locked for too long', sqliteError(5)],
    ['the disk of SQLite is full', sqliteError(13)],
    ['the disk of SQLite fails while it is written', sqliteError(778)],
  ])('is `unavailable` with a time to come again and its cause: %s', (_, error) => {
    expect(isUnavailable(error)).toBe(true)
    const seen = asStoreError(error)
    expect(seen).toBeInstanceOf(DoorwardError)
    expect(seen).toMatchObject({ code: 'unavailable', cause: error, issues: [{ params: { seconds: 5 } }] })
  })

  it('is told to the operator in full when it comes at start', () => {
    expect(explained(asStoreError(systemError('ECONNREFUSED')))).toMatchObject({
      message: 'The database cannot be used: ECONNREFUSED',
    })
  })
})

describe('a database | that does not let us in', () => {
  it.each([
    ['a wrong password', postgresError('28P01')],
    ['no such database', postgresError('3D000')],
    ['no right to its tables', postgresError('42501')],
    ['a damaged file', sqliteError(11)],
    ['a file that is no database', sqliteError(26)],
  ])('is told to the operator in one line at start: %s', (_, error) => {
    expect(explained(error)).toMatchObject({ message: 'The database cannot be used: x', cause: error })
  })

  it('is nothing else: a wrong statement keeps its stack', () => {
    const error = postgresError('42601')
    expect(explained(error)).toBe(error)
  })
})

describe('a fault of the database | that is ours', () => {
  it.each([
    ['a unique key', postgresError('23505')],
    ['a deadlock, which is tried again', postgresError('40P01')],
    ['a wrong statement', postgresError('42601')],
    ['a wrong password', postgresError('28P01')],
    ['a constraint of SQLite', sqliteError(787)],
    ['a damaged file', sqliteError(11)],
    ['a mistake', new TypeError('x is not a function')],
    ['no error at all', 'text'],
  ])('goes on as it came: %s', (_, error) => {
    expect(asStoreError(error)).toBe(error)
  })
})
