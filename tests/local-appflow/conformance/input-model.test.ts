import * as sdk from '@aws-sdk/client-appflow';
import { describe, expect, it } from 'vitest';
import { AppflowError, appflowErrorStatuses } from '../../../src/local-appflow/errors.ts';
import { MetadataCache } from '../../../src/local-appflow/metadata-cache.ts';
import { Paging } from '../../../src/local-appflow/paging.ts';
import { operations } from '../../../src/local-appflow/router.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { FakeRegistry } from '../../support/fake-registry.ts';
import { inputModel, type Shape, shapes } from './api-model.ts';
import { membersOf, schemaOf } from './sdk-schema.ts';

const clock = new FakeClock();
const parts = {
  registry: new FakeRegistry(),
  cache: new MetadataCache(clock, { namesResetReachesNested: false }),
  paging: new Paging(clock),
};

describe.each(operations)('$name', operation => {
  const model = inputModel[operation.name] ?? {};
  const required = Object.entries(model).filter(([, shape]) => shape.endsWith('!'));

  it('has the path and the members of the SDK’s own schema', () => {
    const request = schemaOf(`${operation.name}Request`);
    expect(schemaOf(operation.name)[3]).toEqual({ http: ['POST', operation.path, 200] });
    expect([...membersOf(request).keys()]).toEqual(Object.keys(model));
    expect(request[6] ?? 0).toBe(required.length);
  });

  it('names every member that breaks its constraints, in the order of the model', async () => {
    const breaches = Object.entries(model).flatMap(([member, named]) =>
      breachesOf(shapeOf(named))
        .slice(0, 1)
        .map(([, value, printed, text]) => ({ member, value, text: breachOf(printed, member, text) })),
    );
    const body = Object.fromEntries(breaches.map(({ member, value }) => [member, value]).reverse());
    const errors = breaches.length === 1 ? '1 validation error' : `${breaches.length} validation errors`;
    const texts = breaches.map(({ text }) => text).join('; ');
    expect(await refusalOf(operation, body)).toBe(`ValidationException: ${errors} detected: ${texts}`);
  });

  it.each(required)('asks for %s', async member => {
    const body = { ...goodRest(required, member), [member]: undefined };
    expect(await refusalOf(operation, body)).toBe(breach('null', member, 'Member must not be null'));
  });

  describe.each(Object.entries(model))('checks %s', (member, named) => {
    const shape = shapeOf(named);
    const rest = goodRest(required, member);

    it('its JSON type, and takes null for an absent one', async () => {
      for (const value of [{}, true, shape.kind === 'string' ? 5 : 'x']) {
        expect(await refusalOf(operation, { ...rest, [member]: value })).toMatch(
          new RegExp(`^SerializationException: ${member} must be a`),
        );
      }
      if (!named.endsWith('!')) expect(await refusalOf(operation, { ...rest, [member]: null })).toBe(undefined);
    });

    it.each(breachesOf(shape))('%s', async (_, value, printed, text) => {
      expect(await refusalOf(operation, { ...rest, [member]: value })).toBe(breach(printed, member, text));
    });

    it.each(goodValuesOf(shape).map(value => [value]))('and takes %j', async value => {
      expect(await refusalOf(operation, { ...rest, [member]: value })).toBe(undefined);
    });
  });
});

it('knows the values the SDK knows', () => {
  const known: readonly string[] = Object.values(sdk.ConnectorType);
  expect([...(stringShape('ConnectorType').values ?? [])].sort()).toEqual([...known].sort());
});

it('gives AppFlow’s ten errors the status of the SDK’s own schema', () => {
  const known = Object.keys(sdk).filter(name => /^\w+Exception\$$/.test(name) && name !== 'AppflowServiceException$');
  const statuses = known.map(name => name.slice(0, -1)).map(name => [name, schemaOf(name)[3]?.httpError]);
  expect(statuses).toHaveLength(10);
  expect(appflowErrorStatuses).toMatchObject(Object.fromEntries(statuses));
});

type Breach = readonly [what: string, value: unknown, printed: string, text: string];

function breachesOf(shape: Shape): Breach[] {
  switch (shape.kind) {
    case 'integer':
      return [
        [
          'its least',
          shape.from - 1,
          `'${shape.from - 1}'`,
          `Member must have value greater than or equal to ${shape.from}`,
        ],
        ['its most', shape.to + 1, `'${shape.to + 1}'`, `Member must have value less than or equal to ${shape.to}`],
      ];
    case 'string':
      return [...lengthBreachesOf(shape.max), ['its rule', shape.bad, `'${shape.bad}'`, ruleOf(shape)]];
    case 'list':
      return listBreachesOf(shape.max, shape.of);
    default:
      return shape satisfies never;
  }
}

function lengthBreachesOf(max: number | undefined): Breach[] {
  if (max === undefined) return [];
  const value = 'a'.repeat(max + 1);
  return [['its length', value, `'${value}'`, `Member must have length less than or equal to ${max}`]];
}

function listBreachesOf(max: number, of: string): Breach[] {
  const element = stringShape(of);
  const many = Array.from({ length: max + 1 }, () => element.good);
  const length = element.max === undefined ? [] : [`Member must have length less than or equal to ${element.max}`];
  return [
    ['its length', many, `'[${many.join(', ')}]'`, `Member must have length less than or equal to ${max}`],
    [
      'its elements',
      [element.bad],
      `'[${element.bad}]'`,
      `Member must satisfy constraint: [${[...length, ruleOf(element)].join(', ')}]`,
    ],
  ];
}

function ruleOf({ pattern, values }: { pattern?: string; values?: readonly string[] }): string {
  return values === undefined
    ? `Member must satisfy regular expression pattern: ${pattern}`
    : `Member must satisfy enum value set: [${values.join(', ')}]`;
}

function goodValuesOf(shape: Shape): unknown[] {
  if (shape.kind === 'integer') return [shape.from, shape.to];
  if (shape.kind === 'string') return [shape.good, ...(shape.max === undefined ? [] : ['a'.repeat(shape.max)])];
  const { good } = stringShape(shape.of);
  return [[], Array.from({ length: shape.max }, () => good)];
}

function breach(printed: string, member: string, text: string): string {
  return `ValidationException: 1 validation error detected: ${breachOf(printed, member, text)}`;
}

function breachOf(printed: string, member: string, text: string): string {
  return `Value ${printed} at '${member}' failed to satisfy constraint: ${text}`;
}

/** What the constraints say; errors of the operation itself, which finds nothing in an empty registry, do not count. */
async function refusalOf(operation: (typeof operations)[number], body: object): Promise<string | undefined> {
  try {
    await operation.read(body).carryOut(parts);
    return undefined;
  } catch (error) {
    if (!(error instanceof AppflowError)) throw error;
    const ofConstraints = error.code === 'SerializationException' || error.message.includes('detected:');
    return ofConstraints ? `${error.code}: ${error.message}` : undefined;
  }
}

function goodRest(required: readonly (readonly [string, string])[], but: string): Record<string, unknown> {
  const others = required.filter(([member]) => member !== but);
  return Object.fromEntries(others.map(([member, named]) => [member, goodValuesOf(shapeOf(named))[0]]));
}

function shapeOf(named: string): Shape {
  const shape = shapes[named.replace('!', '')];
  if (shape === undefined) throw new Error(`expected a shape, got the unknown name ${named}`);
  return shape;
}

function stringShape(name: string) {
  const shape = shapeOf(name);
  if (shape.kind !== 'string') throw new Error(`expected ${name} to be a string, got a ${shape.kind}`);
  return shape;
}
