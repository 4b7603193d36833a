import { defineConfig } from 'drizzle-kit'

export default defineConfig({
  dialect: 'postgresql',
  schema: './xata/schema.ts',
  out: './xata/migrations'
})
