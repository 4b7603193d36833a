/** @type {import('next').NextConfig} */
export default {
  poweredByHeader: false,
  reactStrictMode: true,
  typedRoutes: false,
  agentRules: false,
  serverExternalPackages: ['plaid', 'pg', '@xata.io/client', 'pino'],
  allowedDevOrigins: ['127.0.0.1', 'localhost']
}
