import { GraphQLScalarType } from 'graphql';
import { GraphQLDateTimeISO } from 'graphql-scalars';

/** The scalar `DateTime`. It answers text and not a Date, so that an answer is the same before and after it went over the wire. */
export const DateTime = new GraphQLScalarType({
  ...GraphQLDateTimeISO.toConfig(),
  name: 'DateTime',
  description: 'An instant as RFC 3339 text in UTC, such as `2026-01-31T12:00:00.000Z`.',
});
