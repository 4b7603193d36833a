// Calls to the emulator. Every failure becomes the four fields of a Plaid error, so that panes show
// one shape.

const BROKEN = {
  error_type: 'API_ERROR',
  error_code: 'INTERNAL_SERVER_ERROR',
  error_message: 'an unexpected error occurred',
  display_message: null
}

/** Returns the JSON body, or `{error}`. Never throws. `path` is relative to the page. */
export async function call(path, body) {
  try {
    const response = await fetch(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body)
    })
    const answer = await response.json()
    if (response.ok) return answer
    return { error: answer.error ?? pick(answer) }
  } catch {
    return { error: BROKEN }
  }
}

function pick(answer) {
  if (!answer.error_code) return BROKEN
  const { error_type, error_code, error_message, display_message } = answer
  return { error_type, error_code, error_message, display_message }
}
