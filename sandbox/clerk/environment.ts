/**
 * The instance settings that the prebuilt components read. Features that this app does not use are
 * off, so the components hide them.
 */

import { PASSWORD_MAX, PASSWORD_MIN } from '@/sandbox/clerk/factors/passwords'
import { applicationNameOf, type Instance } from '@/sandbox/clerk/instance'
import { organizationLimits } from '@/sandbox/clerk/organizations/organizations'
import { portalUrls } from '@/sandbox/clerk/portal'
import { isOn } from '@/sandbox/clerk/settings'

const DISABLED = {
  enabled: false,
  required: false,
  used_for_first_factor: false,
  first_factors: [],
  used_for_second_factor: false,
  second_factors: [],
  verifications: [],
  verify_at_sign_up: false,
  immutable: false
}

const attributes = {
  email_address: {
    ...DISABLED,
    enabled: true,
    required: true,
    used_for_first_factor: true,
    first_factors: ['email_code'],
    verifications: ['email_code'],
    verify_at_sign_up: true
  },
  password: { ...DISABLED, enabled: true, required: true },
  first_name: { ...DISABLED, enabled: true },
  last_name: { ...DISABLED, enabled: true },
  username: DISABLED,
  phone_number: { ...DISABLED, enabled: true, verifications: ['phone_code'] },
  web3_wallet: DISABLED,
  authenticator_app: {
    ...DISABLED,
    enabled: true,
    used_for_second_factor: true,
    second_factors: ['totp'],
    verifications: ['totp']
  },
  backup_code: {
    ...DISABLED,
    enabled: true,
    used_for_second_factor: true,
    second_factors: ['backup_code'],
    verifications: ['backup_code']
  },
  passkey: DISABLED,
  ticket: { ...DISABLED, enabled: true }
}

const userSettings = {
  attributes,
  actions: { delete_self: true, create_organization: false, create_organizations_limit: null },
  social: {},
  enterprise_sso: { enabled: false, self_serve_sso: false, self_serve_directory_sync: false },
  sign_in: { second_factor: { required: false, enabled: true } },
  sign_up: {
    allowlist_only: false,
    progressive: true,
    captcha_enabled: false,
    captcha_widget_type: 'smart',
    custom_action_required: false,
    mode: 'public',
    legal_consent_enabled: false,
    mfa: { required: false }
  },
  password_settings: {
    allowed_special_characters: '!"#$%&\'()*+,-./:;<=>?@[]^_`{|}~',
    disable_hibp: false,
    min_length: PASSWORD_MIN,
    max_length: PASSWORD_MAX,
    require_special_char: false,
    require_numbers: false,
    require_uppercase: false,
    require_lowercase: false,
    show_zxcvbn: false,
    min_zxcvbn_strength: 0,
    enforce_hibp_on_sign_in: false
  },
  passkey_settings: { allow_autofill: false, show_sign_in_button: false },
  username_settings: {
    min_length: 4,
    max_length: 64,
    allow_extended_special_characters: false,
    allow_numeric_usernames: false
  },
  restrictions: {
    allowlist: { enabled: false },
    blocklist: { enabled: false },
    allowlist_blocklist_disabled_on_sign_in: { enabled: false },
    block_email_subaddresses: { enabled: false },
    block_disposable_email_domains: { enabled: false }
  },
  attack_protection: {
    user_lockout: { enabled: true, max_attempts: 100, duration_in_minutes: 60 },
    pii: { enabled: true },
    email_link: { require_same_client: false },
    enumeration_protection: { enabled: false }
  }
}

/** The components have their own appearance and ignore this one. */
const THEME = {
  buttons: { font_color: '#ffffff', font_family: 'sans-serif', font_weight: '600' },
  general: {
    color: '#34506b',
    padding: '1em',
    box_shadow: 'none',
    font_color: '#151515',
    font_family: 'sans-serif',
    border_radius: '0.5em',
    background_color: '#ffffff',
    label_font_weight: '600'
  },
  accounts: { background_color: '#ffffff' }
}

// URLs stay empty, unless the account portal is on, so that the app's own settings win.
const displayConfig = {
  object: 'display_config',
  branded: false,
  instance_environment_type: 'development',
  preferred_sign_in_strategy: 'password',
  show_devmode_warning: false,
  theme: THEME,
  captcha_public_key: null,
  captcha_widget_type: null,
  captcha_public_key_invisible: null,
  captcha_provider: null,
  captcha_oauth_bypass: null,
  captcha_heartbeat: false,
  logo_image_url: '',
  favicon_image_url: '',
  home_url: '',
  sign_in_url: '',
  sign_up_url: '',
  user_profile_url: '',
  after_sign_in_url: '',
  after_sign_up_url: '',
  after_sign_out_one_url: '',
  after_sign_out_all_url: '',
  after_switch_session_url: '',
  organization_profile_url: '',
  create_organization_url: '',
  after_leave_organization_url: '',
  after_create_organization_url: '',
  waitlist_url: '',
  after_join_waitlist_url: '',
  logo_link_url: '',
  support_email: '',
  terms_url: '',
  privacy_policy_url: '',
  help_url: null,
  logo_url: null,
  favicon_url: null,
  logo_image: null,
  favicon_image: null,
  google_one_tap_client_id: null,
  experimental_force_oauth_first: false,
  clerk_js_version: '6'
}

const authConfig = {
  object: 'auth_config',
  first_name: 'on',
  last_name: 'on',
  email_address: 'on',
  phone_number: 'on',
  username: 'off',
  password: 'required',
  identification_requirements: [['email_address']],
  identification_strategies: ['email_address'],
  first_factors: ['email_code', 'password', 'reset_password_email_code'],
  second_factors: ['backup_code', 'totp'],
  email_address_verification_strategies: ['email_code'],
  single_session_mode: true,
  enhanced_email_deliverability: false,
  test_mode: true,
  cookieless_dev: true,
  url_based_session_syncing: true,
  claimed_at: null,
  reverification: true
}

/** New applications call a session without an organization a personal account, and allow it. */
const organizationSettings = (enabled: boolean) => ({
  enabled,
  max_allowed_memberships: enabled ? organizationLimits.memberships : 1,
  force_organization_selection: false,
  actions: { admin_delete: enabled },
  domains: { enabled: false, enrollment_modes: [], default_role: null },
  slug: { disabled: !enabled },
  organization_creation_defaults: { enabled: false }
})

export const environmentShape = (instance: Instance) => ({
  object: 'environment',
  id: `env_${instance.id.slice(4)}`,
  auth_config: { ...authConfig, id: `aconf_${instance.id.slice(4)}` },
  display_config: {
    ...displayConfig,
    ...(instance.options.accountPortal ? portalUrls(instance) : {}),
    id: `display_${instance.id.slice(4)}`,
    application_name: applicationNameOf(instance)
  },
  user_settings: {
    ...userSettings,
    actions: { ...userSettings.actions, create_organization: isOn(instance, 'organizations') }
  },
  organization_settings: organizationSettings(isOn(instance, 'organizations')),
  // The browser bundle reads both without a guard, so both must be present.
  commerce_settings: {
    billing: {
      enabled: false,
      has_paid_user_plans: false,
      has_paid_org_plans: false,
      free_trial_requires_payment_method: false,
      stripe_publishable_key: null,
      organization: { enabled: false, has_paid_plans: false },
      user: { enabled: false, has_paid_plans: false }
    }
  },
  api_keys_settings: { enabled: false, user_api_keys_enabled: false, orgs_api_keys_enabled: false },
  protect_config: { object: 'protect_config', id: '', loaders: [] },
  maintenance_mode: false,
  client_debug_mode: false,
  partitioned_cookies: false
})
