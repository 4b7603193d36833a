/** Page titles of the onboarding steps that are not questions. */
export const STEP_TITLES: Record<string, string> = {
  'confirm-phone': 'Confirm your phone number',
  agreements: 'Read and agree to Jiko’s documents',
  check: 'Check your answers',
  submit: 'What is your Social Security number?',
  'ssn-again': 'Enter your Social Security number once more',
  submitting: 'Sending your application',
  status: 'Your application',
  account: 'You’re approved',
  'link-bank': 'Add a bank account'
}
