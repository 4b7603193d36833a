/** @type {import('next').NextConfig} */
export default {
  poweredByHeader: false,
  reactStrictMode: true,
  typedRoutes: false,
  // `npm test` checks types, of the tests too; a build on somebody's laptop need not wait for that.
  typescript: { ignoreBuildErrors: true },
  agentRules: false,
  serverExternalPackages: ['plaid', 'pg', '@xata.io/client', 'pino'],
  allowedDevOrigins: ['127.0.0.1', 'localhost']
}
