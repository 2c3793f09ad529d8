/**
 * Values that are there already, or will be. What has nothing to wait for is done in the same go: a promise that is
 * made only to be awaited costs a quarter of a microsecond, and a request passes through a dozen functions.
 */

/** A value, or a promise of it. `await` takes both. */
export type Awaitable<T> = T | Promise<T>

/** Goes on with a value, now if it is there. What `next` throws is thrown, or rejects the promise. */
export const andThen = <T, R>(value: Awaitable<T>, next: (value: T) => Awaitable<R>): Awaitable<R> =>
  value instanceof Promise ? value.then(next) : next(value)
