/** The usual way in Express: passport-jwt checks, jsonwebtoken has signed. Argument: the port. `GET /token` gives one. */
import express from 'express'
import jwt from 'jsonwebtoken'
import passport from 'passport'
import { ExtractJwt, Strategy } from 'passport-jwt'

const SECRET = 'only for benchmarks: everybody may know this secret'
const app = express()
app.disable('x-powered-by')
app.disable('etag')
passport.use(
  new Strategy(
    { jwtFromRequest: ExtractJwt.fromAuthHeaderAsBearerToken(), secretOrKey: SECRET, algorithms: ['HS256'] },
    (payload: { user_id: number; role: string }, done: (error: null, user: object) => void) =>
      done(null, payload),
  ),
)
app.get('/token', (_, response) => {
  response.send(jwt.sign({ user_id: 1, role: 'staff' }, SECRET, { algorithm: 'HS256', expiresIn: '1h' }))
})
app.get('/reports', passport.authenticate('jwt', { session: false }), (request, response) => {
  const { user_id: userId, role } = (request as unknown as { user: { user_id: number; role: string } }).user
  response.json({ report: 'sales of the week', userId, role })
})
app.listen(Number(process.argv[2]), '127.0.0.1')
