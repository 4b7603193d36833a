/** Backend API: users and their metadata. */
import type { Context, Hono } from 'hono'
import {
  createFromParams,
  mergeDeep,
  readMetadata,
  updateFromParams
} from '@/sandbox/clerk/backend/user-params'
import { selectUsers } from '@/sandbox/clerk/backend/user-search'
import { apiError } from '@/sandbox/clerk/errors'
import { passwordMatches } from '@/sandbox/clerk/factors/passwords'
import { passwordParam, readParams } from '@/sandbox/clerk/frontend/caller'
import type { Instance } from '@/sandbox/clerk/instance'
import { pageOf } from '@/sandbox/clerk/paging'
import { backendUserShape } from '@/sandbox/clerk/user-shapes'
import { deleteUser, endSession, getUser, saveUser } from '@/sandbox/clerk/users'

export function addUsers(app: Hono, instance: Instance): void {
  const user = (c: Context) => getUser(instance, c.req.param('id') ?? '')

  app.get('/users', (c) =>
    c.json(pageOf(c, selectUsers(instance, c.req.queries())).map(backendUserShape) as never)
  )
  app.get('/users/count', (c) =>
    c.json({ object: 'total_count', total_count: selectUsers(instance, c.req.queries()).length })
  )
  app.post('/users', async (c) =>
    c.json(backendUserShape(createFromParams(instance, await readParams(c))) as never)
  )
  app.get('/users/:id', (c) => c.json(backendUserShape(user(c)) as never))
  app.patch('/users/:id', async (c) => {
    const params = await readParams(c)
    return c.json(
      backendUserShape(saveUser(instance, updateFromParams(instance, user(c), params))) as never
    )
  })
  app.delete('/users/:id', (c) => c.json(deleteUser(instance, user(c))))
  addUserActions(app, instance)
}

/** Changes of single fields: metadata, bans, locks. Also the check of a password. */
function addUserActions(app: Hono, instance: Instance): void {
  const user = (c: Context) => getUser(instance, c.req.param('id') ?? '')

  for (const method of ['PATCH', 'PUT'] as const)
    app.on(method, '/users/:id/metadata', async (c) => {
      const given = readMetadata(await readParams(c))
      const record = user(c)
      for (const [field, value] of given)
        record[field] = method === 'PUT' ? value : mergeDeep(record[field], value)
      return c.json(backendUserShape(saveUser(instance, record)) as never)
    })
  app.post('/users/:id/:act{ban|unban|lock|unlock}', (c) => {
    const record = user(c)
    const act = c.req.param('act')
    if (act.endsWith('ban')) record.banned = act === 'ban'
    else record.locked = act === 'lock'
    if (act === 'ban')
      for (const session of instance.records.sessions.filter((s) => s.userId === record.id))
        endSession(instance, session, 'revoked')
    return c.json(backendUserShape(saveUser(instance, record)) as never)
  })
  app.post('/users/:id/verify_password', async (c) => {
    const params = await readParams(c)
    if (!passwordMatches(user(c).passwordHash, passwordParam(params, 'password') ?? ''))
      throw apiError(
        422,
        'incorrect_password',
        'Incorrect password',
        'The password provided is incorrect.',
        'password'
      )
    return c.json({ verified: true })
  })
}
