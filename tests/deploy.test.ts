import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';

const ROOT = resolve(import.meta.dirname, '..');
const KUBERNETES = join(ROOT, 'deploy/kubernetes');
const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));

function textOf(name: string): string {
  return readFileSync(join(ROOT, name), 'utf8');
}

/** The port that the server listens on unless it is told otherwise, from its own source. */
const PORT = Number(
  /DEFAULT_LISTEN = '127\.0\.0\.1:(\d+)'/.exec(textOf('controller/server/server-settings.ts'))?.[1],
);

interface Instruction {
  readonly name: string;
  readonly rest: string;
}

/** The instructions of a Dockerfile, lines joined, comments gone. */
function instructionsOf(text: string): Instruction[] {
  const lines = text.split('\n').filter((line) => !line.startsWith('#'));
  const joined = lines.join('\n').replace(/\\\n\s*/g, ' ');
  return joined
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const [, name = '', rest = ''] = /^([A-Z]+)\s+(.*)$/.exec(line) ?? [];
      return { name, rest };
    });
}

describe('the Dockerfile', () => {
  const instructions = instructionsOf(textOf('Dockerfile'));
  const named = (name: string) => instructions.filter((one) => one.name === name).map(({ rest }) => rest);
  const known = [
    'ARG',
    'FROM',
    'WORKDIR',
    'COPY',
    'RUN',
    'ENV',
    'USER',
    'EXPOSE',
    'HEALTHCHECK',
    'ENTRYPOINT',
    'CMD',
  ];

  it('has only instructions that there are, and one stage after the other', () => {
    expect(instructions.map(({ name }) => name).filter((name) => !known.includes(name))).toEqual([]);
    const stages = named('FROM').map((rest) => rest.split(/\s+as\s+/i)[1]);
    for (const [, stage] of named('COPY').flatMap((rest) => [...rest.matchAll(/--from=(\S+)/g)])) {
      expect(stages).toContain(stage);
    }
  });

  it('pins its base, to a Node that the package allows', () => {
    const bases = [...named('FROM'), ...named('ARG')].filter((rest) => !rest.startsWith('${'));
    for (const base of bases) {
      const [, major, minor, patch] = /node:(\d+)\.(\d+)\.(\d+)-alpine/.exec(base) ?? [];
      expect([Number(major), minor !== undefined, patch !== undefined], base).toEqual([26, true, true]);
    }
    expect(bases.length).toBeGreaterThan(0);
    expect(manifest.engines.node).toContain('>=26.0.0');
  });

  it('installs what the lock file says, and runs no script of a dependency', () => {
    const installs = named('RUN').filter(
      (rest) => /\bnpm\b.*\b(ci|install|i)\b/.test(rest) && !rest.startsWith('apk'),
    );
    expect(installs).toHaveLength(2);
    for (const install of installs) expect(install).toMatch(/npm ci .*--ignore-scripts/);
    expect(instructions.some(({ rest }) => /curl|wget|ADD |:latest|sudo/.test(rest))).toBe(false);
  });

  it('ends as a user that is not root, with a health check and no shell in between', () => {
    expect(named('USER')).toEqual(['1000:1000']);
    expect(instructions.findLastIndex(({ name }) => name === 'RUN')).toBeLessThan(
      instructions.findIndex(({ name }) => name === 'USER'),
    );
    expect(JSON.parse(named('ENTRYPOINT')[0]!)).toEqual(['node', '/app/bin/callsheet.js']);
    expect(JSON.parse(named('CMD')[0]!)).toEqual(['controller']);
    const [health = ''] = named('HEALTHCHECK');
    expect(health).toContain(`http://127.0.0.1:${PORT}/healthz`);
    expect(JSON.parse(health.slice(health.indexOf('CMD') + 3))[0]).toBe('node');
    expect(named('EXPOSE')).toEqual([String(PORT)]);
  });

  it('copies what there is, and what the build context lets in', () => {
    const ignore = textOf('.dockerignore').split('\n');
    expect(ignore).toContain('*');
    const sources = named('COPY')
      .filter((rest) => !rest.startsWith('--from'))
      .flatMap((rest) => rest.split(/\s+/).slice(0, -1));
    for (const source of sources) {
      expect(existsSync(join(ROOT, source)), source).toBe(true);
      expect(ignore, source).toContain(`!${source}`);
    }
    for (const needed of ['bin', 'schemas', 'specs', 'package.json']) expect(sources).toContain(needed);
    expect(manifest.files).toEqual(expect.arrayContaining(['dist', 'schemas', 'specs']));
  });

  it('holds no secret', () => {
    expect(textOf('Dockerfile')).not.toMatch(/TOKEN|PASSWORD|SECRET|_KEY/);
  });
});

describe('compose.yaml', () => {
  const compose = parse(textOf('compose.yaml'));
  const { postgres, controller } = compose.services;

  it('runs two replicas that wait for a healthy Postgres', () => {
    expect(controller.deploy.replicas).toBe(2);
    expect(controller.depends_on.postgres.condition).toBe('service_healthy');
    expect(postgres.healthcheck.test.join(' ')).toContain('pg_isready');
    expect(controller.build).toBe('.');
    expect(controller.ports).toEqual([`127.0.0.1:${PORT}-${PORT + 1}:${PORT}`]);
  });

  it('gives the controller nothing that it does not need', () => {
    expect(controller).toMatchObject({
      read_only: true,
      cap_drop: ['ALL'],
      security_opt: ['no-new-privileges:true'],
    });
    expect(controller.tmpfs[0]).toMatch(/^\/tmp:/);
    expect(postgres.networks).toEqual(['database']);
    expect(compose.networks.database.internal).toBe(true);
    expect(postgres.ports).toBeUndefined();
  });

  it('takes every password from the environment, and says which', () => {
    const wanted = [...textOf('compose.yaml').matchAll(/\$\{(\w+):?[?-]/g)].map(([, name]) => name!);
    const offered = textOf('deploy/compose.env.example');
    for (const name of wanted) expect(offered).toMatch(new RegExp(`^#?${name}=`, 'm'));
    expect(offered).not.toMatch(/(PASSWORD|TOKEN|KEY)=\S/);
    expect(postgres.environment.POSTGRES_PASSWORD).toMatch(/^\$\{POSTGRES_PASSWORD:\?/);
    expect(textOf('.gitignore').split('\n')).toContain('.env');
  });

  it('pins its images, and keeps the database on a volume that is declared', () => {
    expect(postgres.image).toMatch(/^postgres:\d+\.\d+-/);
    for (const volume of postgres.volumes)
      expect(Object.keys(compose.volumes)).toContain(volume.split(':')[0]);
  });
});

interface Resource {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly spec?: unknown;
}

interface PodSpec {
  readonly containers: readonly Readonly<
    Record<'securityContext' | 'resources' | 'ports' | `${string}Probe`, unknown>
  >[];
  readonly volumes: readonly { readonly name: string }[];
}

interface DeploymentSpec {
  readonly replicas: number;
  readonly strategy: object;
  readonly template: { readonly spec: PodSpec };
}

function resourcesIn(folder: string): Resource[] {
  const names = readdirSync(join(KUBERNETES, folder)).filter((name) => name.endsWith('.yaml'));
  return names.flatMap((name) =>
    parseAllDocuments(readFileSync(join(KUBERNETES, folder, name), 'utf8')).map((document) => {
      expect([...document.errors, ...document.warnings], name).toEqual([]);
      return document.toJS() as Resource;
    }),
  );
}

describe('the manifests for Kubernetes', () => {
  const base = resourcesIn('base');
  const one = (kind: string, from = base) => from.find((resource) => resource.kind === kind);
  const { replicas, strategy, template } = one('Deployment')!.spec as DeploymentSpec;
  const [container] = template.spec.containers;
  const name = { 'app.kubernetes.io/name': 'callsheet' };

  it.each(['base', 'monitoring', 'example'])('%s lists every file of its folder, and no other', (folder) => {
    const kustomization = parse(readFileSync(join(KUBERNETES, folder, 'kustomization.yaml'), 'utf8'));
    const { resources = [], components = [], configurations = [] } = kustomization;
    const files = readdirSync(join(KUBERNETES, folder)).filter(
      (file) => file.endsWith('.yaml') && file !== 'kustomization.yaml',
    );

    expect([...resources, ...configurations].filter((file) => !file.startsWith('..')).sort()).toEqual(
      files.sort(),
    );
    for (const other of [...resources, ...components].filter((file) => file.startsWith('..'))) {
      expect(existsSync(join(KUBERNETES, folder, other, 'kustomization.yaml')), other).toBe(true);
    }
  });

  it('use versions that exist, once for each name', () => {
    const versions: Record<string, string> = {
      Deployment: 'apps/v1',
      NetworkPolicy: 'networking.k8s.io/v1',
      PodDisruptionBudget: 'policy/v1',
      Service: 'v1',
      ServiceAccount: 'v1',
    };
    const found = base.filter(({ kind }) => kind !== 'Kustomization');
    expect(Object.fromEntries(found.map(({ kind, apiVersion }) => [kind, apiVersion]))).toEqual(versions);
    expect(one('ServiceMonitor', resourcesIn('monitoring'))?.apiVersion).toBe('monitoring.coreos.com/v1');
  });

  it('run two replicas without rights, on a read-only file system', () => {
    expect(replicas).toBe(2);
    expect(strategy).toMatchObject({ rollingUpdate: { maxUnavailable: 0 } });
    expect(template.spec).toMatchObject({
      automountServiceAccountToken: false,
      securityContext: { runAsNonRoot: true, runAsUser: 1000, seccompProfile: { type: 'RuntimeDefault' } },
    });
    expect(container).toMatchObject({
      securityContext: {
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ['ALL'] },
      },
      resources: { limits: { memory: expect.any(String) }, requests: { cpu: expect.any(String) } },
      volumeMounts: [{ mountPath: '/tmp' }, { mountPath: '/library' }],
    });
    expect(template.spec.volumes.map((volume) => volume.name)).toEqual(['tmp', 'library']);
  });

  it('probe what the server answers', () => {
    const served = textOf('controller/server/app.ts');
    const probes = {
      startupProbe: '/healthz',
      livenessProbe: '/healthz',
      readinessProbe: '/readyz',
    } as const;
    for (const [probe, path] of Object.entries(probes)) {
      expect(container?.[probe as keyof typeof probes]).toMatchObject({ httpGet: { path, port: 'http' } });
      expect(served).toContain(`'${path}'`);
    }
    expect(served).toContain("'/metrics'");
    expect(container?.ports).toEqual([{ name: 'http', containerPort: PORT }]);
  });

  it('select the same pods everywhere', () => {
    expect(one('Kustomization')).toMatchObject({ labels: [{ includeSelectors: true, pairs: name }] });
    const monitoring = resourcesIn('monitoring');
    for (const policy of [one('NetworkPolicy'), one('NetworkPolicy', monitoring)]) {
      expect(policy?.spec).toMatchObject({ podSelector: { matchLabels: name } });
    }
    expect(one('PodDisruptionBudget')?.spec).toMatchObject({
      minAvailable: 1,
      selector: { matchLabels: name },
    });
    expect(one('ServiceMonitor', monitoring)?.spec).toMatchObject({
      selector: { matchLabels: name },
      endpoints: [{ port: 'http', path: '/metrics' }],
    });
  });

  it('let nothing in but the port of the server, and nothing out to the machine’s credentials', () => {
    expect(one('NetworkPolicy')?.spec).toMatchObject({
      policyTypes: ['Ingress', 'Egress'],
      ingress: [{ ports: [{ protocol: 'TCP', port: PORT }] }],
      egress: [{}, { to: [{ ipBlock: { except: ['169.254.169.254/32'] } }, {}] }],
    });
  });

  it('hold no secret', () => {
    expect(readFileSync(join(KUBERNETES, 'example/secret.env.example'), 'utf8')).not.toMatch(
      /(TOKEN|KEY|SECRET)=\S/,
    );
    expect(textOf('.gitignore').split('\n')).toContain('secret.env');
    expect(base.some(({ kind }) => kind === 'Secret')).toBe(false);
  });
});

describe('the systemd unit', () => {
  const lines = textOf('deploy/systemd/callsheet.service')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'));
  const settings = lines
    .filter((line) => !line.startsWith('['))
    .map((line) => line.split(/=(.*)/s) as [string, string]);
  const valuesOf = (name: string) => settings.filter(([key]) => key === name).map(([, value]) => value);

  it('has three sections of settings, each written as one', () => {
    expect(lines.filter((line) => line.startsWith('['))).toEqual(['[Unit]', '[Service]', '[Install]']);
    expect(settings.filter(([key, value]) => !/^[A-Z][A-Za-z]+$/.test(key) || value === undefined)).toEqual(
      [],
    );
  });

  it('starts the controller, restarts it, and gives it time to end', () => {
    expect(valuesOf('ExecStart')[0]).toMatch(/ callsheet controller /);
    expect(valuesOf('Restart')).toEqual(['on-failure']);
    expect(valuesOf('KillMode')).toEqual(['mixed']);
    expect(valuesOf('TimeoutStopSec')).toEqual(['2min']);
  });

  it.each([
    ...[
      'NoNewPrivileges',
      'PrivateTmp',
      'PrivateDevices',
      'ProtectHome',
      'DynamicUser',
      'RestrictNamespaces',
    ],
    ...[
      'ProtectKernelModules',
      'ProtectKernelTunables',
      'ProtectControlGroups',
      'RestrictSUIDSGID',
      'LockPersonality',
    ],
  ])('is hardened: %s', (name) => {
    expect(valuesOf(name)).toEqual(['yes']);
  });

  it('has no rights, and may still compile JavaScript', () => {
    expect(valuesOf('CapabilityBoundingSet')).toEqual(['']);
    expect(valuesOf('ProtectSystem')).toEqual(['strict']);
    expect(valuesOf('SystemCallFilter')[0]).toBe('@system-service');
    expect(valuesOf('MemoryDenyWriteExecute')).toEqual([]);
  });
});
