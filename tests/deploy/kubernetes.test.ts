import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Deployment, StatefulSet } from 'kubernetes-types/apps/v1.js';
import type { HorizontalPodAutoscaler } from 'kubernetes-types/autoscaling/v2.js';
import type { ConfigMap, Container, PodSpec, Probe, Service } from 'kubernetes-types/core/v1.js';
import type { NetworkPolicy } from 'kubernetes-types/networking/v1.js';
import type { PodDisruptionBudget } from 'kubernetes-types/policy/v1.js';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { ensureSystemProgram } from '../support/system-packages.ts';
import { checkKubernetesTypes } from './check-kubernetes-types.ts';
import { imageEnvironment } from './dockerfile.ts';
import { expectToStart } from './expect-to-start.ts';
import { findManifest, type Manifest, parseManifests, readManifests, readYaml } from './manifests.ts';

interface Kustomization {
  readonly images?: readonly { readonly name: string }[];
  readonly configMapGenerator: readonly { readonly name: string; readonly literals: readonly string[] }[];
}

const root = join(import.meta.dirname, '../..');
const kubectl = await ensureSystemProgram('kubernetes-client');
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

const manifests = readManifests('kubernetes');
const gateway = findManifest<Deployment>(manifests, 'Deployment', 'appflow-gateway');
const redis = findManifest<StatefulSet>(manifests, 'StatefulSet', 'appflow-gateway-redis');
const [gatewayPod, redisPod] = [podOf(gateway), podOf(redis)];
const [gatewayContainer, redisContainer] = [containerOf(gatewayPod), containerOf(redisPod)];
const gatewayLabels = gateway.spec?.template.metadata?.labels;
const redisLabels = redis.spec?.template.metadata?.labels;
const drainSeconds = 10;

describe('the manifests', () => {
  it('are objects as Kubernetes describes them, unlike one that misspells a member', async () => {
    const misspelt = structuredClone(gateway);
    Object.assign(containerOf(podOf(misspelt)), { readinesProbe: {} });
    expect(await checkKubernetesTypes([...manifests, misspelt as Manifest])).toEqual([
      expect.stringMatching(/readinesProbe.* does not exist in type 'Container'/),
    ]);
  });

  it.skipIf('missing' in kubectl).each(['kubernetes', 'monitoring'])(
    'in %s can be built by kustomize',
    async folder => {
      const built = await buildKustomization(folder);
      const names = readManifests(folder).map(toName);
      expect(built.map(toName)).toEqual(expect.arrayContaining(names));
      expect(built).toHaveLength(names.length + 1);
    },
  );

  it.skipIf('missing' in kubectl)('roll over when a setting changes', async () => {
    const built = await buildKustomization('kubernetes');
    const reference = containerOf(podOf(findManifest<Deployment>(built, 'Deployment', 'appflow-gateway'))).envFrom?.[0];
    expect(reference?.configMapRef?.name).toMatch(/^appflow-gateway-settings-\w+$/);
    expect(findManifest<ConfigMap>(built, 'ConfigMap', reference?.configMapRef?.name ?? '').data).toEqual(settingsOf());
  });

  it.each([gateway, redis])('select the pods that $kind makes, by each selector', ({ spec }) => {
    expect(spec?.selector.matchLabels).toEqual(spec?.template.metadata?.labels);
  });

  it('mean the gateway or Redis wherever they select or belong', () => {
    for (const { kind, metadata } of manifests) {
      expect.soft([gatewayLabels, redisLabels], `${kind} ${metadata.name}`).toContainEqual(metadata.labels);
    }
    const service = findManifest<Service>(manifests, 'Service', 'appflow-gateway');
    expect(service.spec?.selector).toEqual(gatewayLabels);
    const budget = findManifest<PodDisruptionBudget>(manifests, 'PodDisruptionBudget', 'appflow-gateway');
    expect(budget.spec?.selector?.matchLabels).toEqual(gatewayLabels);
    const spread = gatewayPod.topologySpreadConstraints ?? [];
    expect(spread.map(({ labelSelector }) => labelSelector?.matchLabels)).toEqual([gatewayLabels, gatewayLabels]);
  });

  it.each([
    [gatewayPod, gatewayContainer],
    [redisPod, redisContainer],
  ])('give a pod no more than it needs (%#)', (pod, { securityContext, resources, image }) => {
    expect(pod.securityContext).toMatchObject({ runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } });
    expect(pod.securityContext?.runAsUser).toBeGreaterThan(0);
    expect(pod.securityContext?.fsGroup).toBe(pod.securityContext?.runAsGroup);
    expect(pod).toMatchObject({ automountServiceAccountToken: false, enableServiceLinks: false });
    expect(securityContext).toEqual({
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    });
    expect(resources?.limits?.['memory']).toBe(resources?.requests?.['memory']);
    expect(image).toMatch(/^[\w./-]+:\d[\w.-]*$/);
  });
});

describe('the gateway', () => {
  it('starts with the settings it is given', async () => {
    const own = Object.fromEntries(gatewayContainer.env?.map(({ name, value = '' }) => [name, value]) ?? []);
    await expectToStart(
      { ...imageEnvironment(), ...settingsOf(), ...own },
      { REDIS_URL: 'redis://:password@appflow-gateway-redis:6379', ROUTER_SECRETS: 'a-secret-of-16-or-more' },
    );
  });

  it('starts with what the README’s overlay changes', async () => {
    const readme = readFileSync(join(root, 'README.md'), 'utf8');
    const overlay: Kustomization = parse(/\n## Deploying\n[\s\S]*?```yaml\n([\s\S]*?)```/.exec(readme)?.[1] ?? '');
    expect(overlay.images?.map(({ name }) => name)).toEqual([gatewayContainer.image?.split(':')[0]]);
    expect(overlay.configMapGenerator.map(({ name }) => name)).toEqual([
      gatewayContainer.envFrom?.[0]?.configMapRef?.name,
    ]);
    await expectToStart({ ...imageEnvironment(), ...settingsOf(), ...literalsOf(overlay) });
    expect(readme).toContain(`--tag appflow-gateway:${version} `);
  });

  it('reads its secrets from files of the secret that is mounted there', () => {
    const [mount] = gatewayContainer.volumeMounts ?? [];
    const files = gatewayContainer.env?.filter(({ name }) => name.endsWith('_FILE')) ?? [];
    expect(files.map(({ value }) => value)).toEqual(
      files.map(({ name }) => `${mount?.mountPath}/${name.replace(/_FILE$/, '')}`),
    );
    const [volume] = gatewayPod.volumes ?? [];
    expect(volume).toMatchObject({ name: mount?.name, secret: { secretName: 'appflow-gateway', defaultMode: 0o440 } });
  });

  it('is of this version, and runs as the image’s user', () => {
    expect(gatewayContainer.image).toBe(`appflow-gateway:${version}`);
    expect(gatewayPod.securityContext).toMatchObject({ runAsUser: 1000, runAsGroup: 1000 });
  });

  it('has three replicas at the least, of which one may go at a time', () => {
    const { spec } = findManifest<HorizontalPodAutoscaler>(manifests, 'HorizontalPodAutoscaler', 'appflow-gateway');
    expect([gateway.spec?.replicas, spec?.minReplicas]).toEqual([3, 3]);
    expect(spec?.scaleTargetRef).toEqual({ apiVersion: 'apps/v1', kind: 'Deployment', name: gateway.metadata?.name });
    const budget = findManifest<PodDisruptionBudget>(manifests, 'PodDisruptionBudget', 'appflow-gateway');
    expect(budget.spec?.maxUnavailable).toBe(1);
    expect(gateway.spec?.strategy?.rollingUpdate).toEqual({ maxSurge: 1, maxUnavailable: 0 });
  });

  it('is asked whether it lives and whether it is ready', () => {
    expect(gatewayContainer.livenessProbe?.httpGet).toEqual({ path: '/livez', port: 'http' });
    const others: (Probe | undefined)[] = [gatewayContainer.readinessProbe, gatewayContainer.startupProbe];
    expect(others.map(probe => probe?.httpGet)).toEqual(others.map(() => ({ path: '/readyz', port: 'http' })));
  });

  it('has the time to finish what is under way', () => {
    const [, seconds] = gatewayContainer.lifecycle?.preStop?.exec?.command ?? [];
    expect(gatewayPod.terminationGracePeriodSeconds).toBeGreaterThan(Number(seconds) + drainSeconds);
  });

  it('may use the heap that its memory has room for, and its cache fits in', () => {
    const [, heap] =
      /=(\d+)$/.exec(gatewayContainer.env?.find(({ name }) => name === 'NODE_OPTIONS')?.value ?? '') ?? [];
    expect(gatewayContainer.resources?.limits?.['memory']).toBe('1Gi');
    expect(Number(heap)).toBeLessThanOrEqual(1024 * 0.75);
    expect(Number(heap)).toBeGreaterThan(2 * 256);
  });
});

describe('the network', () => {
  const policy = findManifest<NetworkPolicy>(manifests, 'NetworkPolicy', 'appflow-gateway').spec;
  const redisPolicy = findManifest<NetworkPolicy>(manifests, 'NetworkPolicy', 'appflow-gateway-redis').spec;

  it('is closed both ways but for what is listed', () => {
    expect(policy).toMatchObject({ podSelector: { matchLabels: gatewayLabels }, policyTypes: ['Ingress', 'Egress'] });
    expect(redisPolicy).toMatchObject({
      podSelector: { matchLabels: redisLabels },
      policyTypes: ['Ingress', 'Egress'],
    });
  });

  it('lets nobody in but chosen namespaces, and to Redis nobody but the gateway', () => {
    expect(policy?.ingress).toEqual([
      {
        from: [{ namespaceSelector: { matchLabels: { 'appflow-gateway/may-call': 'true' } } }],
        ports: [{ port: portOf(gatewayContainer) }],
      },
    ]);
    expect(redisPolicy?.ingress).toEqual([
      { from: [{ podSelector: { matchLabels: gatewayLabels } }], ports: [{ port: portOf(redisContainer) }] },
    ]);
    expect(redisPolicy?.egress).toBeUndefined();
  });

  it('lets the gateway out to Redis, names, HTTPS, and credentials of the node', () => {
    const ports = policy?.egress?.map(rule => rule.ports?.map(({ port }) => port).join());
    expect(ports).toEqual([String(portOf(redisContainer)), '53,53', '443', '80']);
    expect(policy?.egress?.[0]?.to).toEqual([{ podSelector: { matchLabels: redisLabels } }]);
  });

  it.each([
    ['appflow-gateway', gatewayContainer],
    ['appflow-gateway-redis', redisContainer],
  ])('knows %s’s ports by the names that its pods give them', (name, container) => {
    const [port] = findManifest<Service>(manifests, 'Service', name).spec?.ports ?? [];
    expect(container.ports).toEqual([{ name: port?.targetPort, containerPort: port?.port }]);
    expect(port?.name).toBe(port?.targetPort);
  });
});

describe('Redis', () => {
  it('is one at any time, and keeps nothing', () => {
    expect(redis.spec?.replicas).toBe(1);
    expect(redis.spec?.volumeClaimTemplates).toBeUndefined();
    expect(redisContainer.args?.join(' ')).toContain('--save  --appendonly no');
  });

  it('has its password in a file', () => {
    const [mount] = redisContainer.volumeMounts ?? [];
    expect(redisContainer.args?.slice(0, 2)).toEqual(['--include', `${mount?.mountPath}/redis.conf`]);
    expect(redisPod.volumes?.[0]?.secret).toEqual({ secretName: 'appflow-gateway-redis', defaultMode: 0o440 });
  });
});

async function buildKustomization(folder: string): Promise<Manifest[]> {
  if ('missing' in kubectl) throw new Error(kubectl.missing);
  const { stdout } = await promisify(execFile)(kubectl.path, ['kustomize', join(root, 'deploy', folder)]);
  return parseManifests(stdout);
}

function podOf({ spec }: Deployment | StatefulSet): PodSpec {
  if (!spec?.template.spec) throw new Error('expected a template with a pod');
  return spec.template.spec;
}

function containerOf({ containers: [container, ...others] }: PodSpec): Container {
  if (!container || others.length > 0) throw new Error('expected one container');
  return container;
}

function settingsOf(): Record<string, string> {
  return literalsOf(readYaml<Kustomization>('kubernetes/kustomization.yaml'));
}

function portOf({ ports }: Container): number | undefined {
  return ports?.[0]?.containerPort;
}

function literalsOf({ configMapGenerator }: Kustomization): Record<string, string> {
  return Object.fromEntries(configMapGenerator.flatMap(({ literals }) => literals.map(literal => literal.split('='))));
}

function toName({ kind, metadata }: Manifest): string {
  return `${kind} ${metadata.name}`;
}
