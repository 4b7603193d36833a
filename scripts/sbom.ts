/** `npm run sbom`: prints the bill of materials of a deployment, in CycloneDX. */
import { spawnSync } from 'node:child_process'

const args = ['sbom', '--omit=dev', '--sbom-format=cyclonedx', '--sbom-type=application']
process.exit(spawnSync('npm', args, { stdio: 'inherit' }).status ?? 1)
