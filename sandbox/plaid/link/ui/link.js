// Link's panel: listens to the page that opened it and runs one session.
import { announceReady, listenToHost } from './bridge.js'
import { start } from './flow.js'
import { beginSession, endSession } from './session.js'
import { askToLeave, clearStage } from './stage.js'

listenToHost({
  open: ({ token, receivedRedirectUri }) => {
    void start(beginSession(token), receivedRedirectUri)
  },
  close: () => {
    endSession()
    clearStage()
  },
  'ask-exit': askToLeave
})

announceReady()
