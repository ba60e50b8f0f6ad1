import { GraphQLError, type ValidationRule } from 'graphql';

/** Refuses `_service`, which shows the whole schema, in the words and with the code that introspection is refused with. */
export const noServiceQuery: ValidationRule = context => ({
  Field(node) {
    if (node.name.value !== '_service' || context.getParentType()?.name !== 'Query') return;
    const message = 'GraphQL introspection is not allowed, but the query contained _service.';
    const extensions = { validationErrorCode: 'INTROSPECTION_DISABLED' };
    context.reportError(new GraphQLError(message, { nodes: node, extensions }));
  },
});
