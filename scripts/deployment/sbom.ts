/** `npm run sbom`: prints the bill of materials of a deployment, in CycloneDX. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { writeDeploymentManifest } from '@/scripts/deployment/packages'

const folder = mkdtempSync(join(tmpdir(), 'pangea-sbom-'))
writeDeploymentManifest(process.cwd(), folder)
// Packages that another one only names as its peer are not loaded, or are dependencies of ours too.
const args = ['sbom', '--package-lock-only', '--omit=peer', '--sbom-format=cyclonedx']
const { status } = spawnSync('npm', [...args, '--sbom-type=application'], {
  cwd: folder,
  stdio: 'inherit'
})
rmSync(folder, { recursive: true, force: true })
process.exit(status ?? 1)
