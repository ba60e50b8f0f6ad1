import * as sdk from '@aws-sdk/client-appflow';
import { describe, expect, it } from 'vitest';
import { flowSources } from '../../../src/local-appflow/connectors/flow-ends.ts';
import { taskOperators } from '../../../src/local-appflow/connectors/task-operators.ts';

describe('the operators of tasks', () => {
  it('are those of the API model, for every connector that can be a source', () => {
    const modelled = new Map(Object.entries({ ...sdk, CustomConnectorConnectorOperator: sdk.Operator }));
    expect([...taskOperators.keys()].toSorted()).toEqual([...flowSources.keys()].toSorted());
    for (const [connectorType, operators] of taskOperators) {
      const theirs = modelled.get(`${flowSources.get(connectorType)?.key}ConnectorOperator`);
      expect([...operators].toSorted(), connectorType).toEqual(Object.values(Object(theirs)).toSorted());
    }
  });
});
