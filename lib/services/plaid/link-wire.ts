/** The parts of Plaid's answers about Link tokens that we read. */
import 'server-only'
import { z } from 'zod'
import { code, id, idOrNull, name, word } from '@/lib/services/plaid/wire'

export const LinkTokenResponse = z.object({
  link_token: id,
  expiration: z.iso.datetime({ offset: true })
})
export const HostedLinkTokenResponse = LinkTokenResponse.extend({ hosted_link_url: z.url() })

const LinkAccount = z.object({ name, mask: code, subtype: word })
/** The sessions of a Link token; they appear once Link was opened. */
export const LinkSessionsResponse = z.object({
  link_sessions: z
    .array(
      z.object({
        link_session_id: word,
        finished_at: word,
        events: z
          .array(
            z.object({
              event_name: word,
              event_metadata: z.object({ institution_name: name }).nullish().catch(null)
            })
          )
          .nullish()
          .catch(null),
        results: z
          .object({
            item_add_results: z
              .array(
                z.object({
                  public_token: id,
                  institution: z.object({ institution_id: idOrNull }).nullish().catch(null),
                  accounts: z.array(LinkAccount).catch([])
                })
              )
              .nullish()
          })
          .nullish()
      })
    )
    .nullish()
})
