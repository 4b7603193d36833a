/** `npm run sbom`: prints the bill of materials of a deployment, in CycloneDX. */
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { writeDeploymentManifest } from '@/scripts/deployment/packages'

const temporary = mkdtempSync(join(tmpdir(), 'pangea-sbom-'))
// npm names the bill after the folder.
const folder = join(temporary, 'pangea')
mkdirSync(folder)
writeDeploymentManifest(process.cwd(), folder)
const args = ['sbom', '--package-lock-only', '--sbom-format=cyclonedx']
const { status } = spawnSync('npm', [...args, '--sbom-type=application'], {
  cwd: folder,
  stdio: 'inherit'
})
rmSync(temporary, { recursive: true, force: true })
process.exit(status ?? 1)
