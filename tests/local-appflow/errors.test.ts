import { describe, expect, it } from 'vitest';
import { SourceApplicationError, UnknownEntityError } from '../../src/local-appflow/connectors/source-application.ts';
import { AppflowError, toAppflowError } from '../../src/local-appflow/errors.ts';

describe('toAppflowError', () => {
  it.each([
    [new UnknownEntityError('Lead'), 'ResourceNotFoundException', 404, 'Entity Lead does not exist.'],
    [
      new SourceApplicationError('connection refused'),
      'ConnectorServerException',
      400,
      'Error while communicating to connector: connection refused',
    ],
    [
      new SourceApplicationError('password rejected', { refusedCredentials: true }),
      'ConnectorAuthenticationException',
      401,
      'Error while communicating to connector: password rejected',
    ],
    [new TypeError('x is not a function'), 'InternalServerException', 500, 'An internal error occurred.'],
    ['thrown text', 'InternalServerException', 500, 'An internal error occurred.'],
  ])('turns %s into %s', (thrown, code, status, message) => {
    const error = toAppflowError(thrown);
    expect(error).toMatchObject({ code, status, message, cause: thrown });
  });

  it('leaves its own errors alone', () => {
    const error = new AppflowError('ConflictException', 'two at once');
    expect(toAppflowError(error)).toBe(error);
  });
});
