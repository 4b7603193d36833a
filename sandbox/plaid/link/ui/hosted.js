// Hosted Link: runs one Link session on a page of its own.
import { call } from './api.js'

const say = (title, text) => {
  document.getElementById('title').textContent = title
  document.getElementById('text').textContent = text
}

const { link_token, completion_redirect_uri, error } = await call('/link/api/hosted', {
  id: location.pathname.split('/').at(-1)
})

const end = (title, text) => {
  say(title, text)
  if (completion_redirect_uri) location.assign(completion_redirect_uri)
}

if (error) say('This link can’t be used', 'It was used before, or it expired. Start again.')
else
  window.Plaid.create({
    token: link_token,
    onSuccess: () => end('Your bank is connected', 'Go back to where you started.'),
    onExit: () => end('No bank was connected', 'Go back to where you started to try again.')
  }).open()
