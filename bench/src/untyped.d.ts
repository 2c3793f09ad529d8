/** The parts of untyped packages that the peers use. */
declare module 'passport' {
  import type { RequestHandler } from 'express'

  const passport: { use(strategy: object): void; authenticate(name: string, options: object): RequestHandler }
  export = passport
}
declare module 'passport-jwt' {
  export class Strategy {
    constructor(options: object, verify: (...args: never[]) => void)
  }
  export const ExtractJwt: { fromAuthHeaderAsBearerToken(): unknown }
}
declare module 'jsonwebtoken' {
  const jwt: { sign(payload: object, secret: string, options: object): string }
  export = jwt
}
