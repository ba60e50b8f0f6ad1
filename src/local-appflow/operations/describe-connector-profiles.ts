import type { RegisteredProfile } from '../connectors/registry.ts';
import { inputShapes, listOf, upTo } from '../input-shapes.ts';
import { createOperation } from '../operation.ts';

const constraints = {
  connectorProfileNames: listOf(inputShapes.connectorProfileName),
  connectorType: inputShapes.connectorType,
  connectorLabel: inputShapes.connectorLabel,
  maxResults: upTo(100),
  nextToken: inputShapes.nextToken,
};

/** Describes profiles. A name that does not exist is simply absent (seen on the real service); an empty list is no filter. */
export const describeConnectorProfiles = createOperation({
  name: 'DescribeConnectorProfiles',
  path: '/describe-connector-profiles',
  constraints,
  async answer({ maxResults = 20, nextToken, ...filter }, { registry, paging }) {
    const page = await paging.page({ walk: ['DescribeConnectorProfiles', filter], maxResults, nextToken }, () =>
      registry.profiles().filter(registered => matches(registered, filter)),
    );
    return { connectorProfileDetails: page.items.map(({ profile }) => profile), nextToken: page.nextToken };
  },
});

interface ProfileFilter {
  readonly connectorProfileNames: readonly string[] | undefined;
  readonly connectorType: string | undefined;
  readonly connectorLabel: string | undefined;
}

function matches({ profile }: RegisteredProfile, filter: ProfileFilter): boolean {
  const { connectorProfileNames: names = [], connectorType, connectorLabel } = filter;
  return (
    (names.length === 0 || names.includes(profile.connectorProfileName)) &&
    (connectorType === undefined || profile.connectorType === connectorType) &&
    (connectorLabel === undefined || profile.connectorLabel === connectorLabel)
  );
}
